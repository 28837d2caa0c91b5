package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.HashSet;
import java.util.List;

/// What is known of an answer before its first row.
///
/// @param types of each column, exactly
public record Heading(List<OutputColumn> columns, List<ValueType> types, Provenance provenance) {

  public Heading {
    columns = List.copyOf(columns);
    types = List.copyOf(types);
  }

  public static Heading of(OpenAnswer answer) {
    return new Heading(answer.columns(), answer.types(), answer.provenance());
  }

  List<String> names() {
    return columns.stream().map(OutputColumn::name).toList();
  }

  /// For formats that find a column by its name.
  ///
  /// @throws ProblemException where two columns have one name
  void checkNamesDiffer(Format format) {
    var seen = new HashSet<String>();
    for (String name : names()) {
      if (!seen.add(name)) {
        throw new ProblemException(
            ErrorCode.NOT_ACCEPTABLE,
            "Cannot write two columns of the name '%s' in %s; rename one with AS"
                .formatted(name, format.word()));
      }
    }
  }
}
