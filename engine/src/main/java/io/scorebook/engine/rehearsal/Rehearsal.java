package io.scorebook.engine.rehearsal;

import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Proving;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.Verdict;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.reference.GivenRows;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.plan.AssumedKey;
import io.scorebook.semantic.plan.Excess;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.Proof;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.jspecify.annotations.Nullable;

/// Answers questions about a domain over given rows by the reference engine: planned, attested and
/// computed as a published domain is, with nothing stored.
public final class Rehearsal {
  private static final int EXAMPLES = 3;

  private final Domain domain;
  private final GivenRows tables;
  private final ReferenceEngine engine = new ReferenceEngine();

  public Rehearsal(Domain domain, GivenRows tables) {
    this.domain = domain;
    this.tables = tables;
  }

  /// @throws io.scorebook.engine.answer.EngineException where a value cannot be computed
  public Rehearsed answer(Question question, Limits limits) {
    return answer(domain.planner().plan(question), limits);
  }

  /// @throws io.scorebook.engine.answer.EngineException where a value cannot be computed
  public Rehearsed answer(String sql, Limits limits) {
    return answer(domain.planner().plan(sql), limits);
  }

  private Rehearsed answer(Planning planning, Limits limits) {
    return switch (planning) {
      case Planning.Rejected(var issues) -> new Rehearsed.Refused(issues);
      case Planning.Planned(Plan plan) -> {
        List<Issue> broken = broken(plan, limits);
        yield broken.isEmpty()
            ? new Rehearsed.Answered(plan.columns(), rows(plan, limits), isOrdered(plan.rel()))
            : new Rehearsed.Refused(broken);
      }
    };
  }

  private List<Issue> broken(Plan plan, Limits limits) {
    var issues = new ArrayList<Issue>();
    for (AssumedKey key : plan.assumedKeys()) {
      Claim claim = domain.planner().claim(key);
      Proof proof = domain.planner().proof(claim, EXAMPLES);
      Function<Plan, Rows> run = sought -> engine.run(sought, tables, limits);
      Verdict verdict = Proving.verdict(claim, proof, Collections.emptySortedMap(), run);
      if (!verdict.holds()) {
        issues.add(Proving.issue(verdict, Proving.examples(proof, run)));
      }
    }
    for (Excess excess : issues.isEmpty() ? plan.excesses() : List.<Excess>of()) {
      try (Rows rows = engine.run(excess.search(), tables, limits)) {
        if (rows.next()) {
          issues.add(excess.issue());
        }
      }
    }
    return issues;
  }

  private List<@Nullable Object[]> rows(Plan plan, Limits limits) {
    var all = new ArrayList<@Nullable Object[]>();
    try (Rows rows = engine.run(plan, tables, limits)) {
      while (rows.next()) {
        @Nullable Object[] row = new @Nullable Object[plan.columns().size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = rows.value(i);
        }
        all.add(row);
      }
    }
    return all;
  }

  private static boolean isOrdered(RelNode rel) {
    RelNode top = rel;
    while (top instanceof Project project) {
      top = project.getInput();
    }
    return top instanceof Sort sort && !sort.getCollation().getFieldCollations().isEmpty();
  }
}
