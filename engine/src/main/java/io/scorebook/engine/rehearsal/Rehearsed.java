package io.scorebook.engine.rehearsal;

import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a rehearsed question.
public sealed interface Rehearsed {
  /// @param rows values as [io.scorebook.engine.answer.Rows] gives them
  /// @param isOrdered whether the question says in which order the rows come
  record Answered(List<OutputColumn> columns, List<@Nullable Object[]> rows, boolean isOrdered)
      implements Rehearsed {
    public Answered {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  record Refused(List<Issue> issues) implements Rehearsed {
    public Refused {
      issues = List.copyOf(issues);
    }
  }
}
