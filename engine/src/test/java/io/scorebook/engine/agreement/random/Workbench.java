package io.scorebook.engine.agreement.random;

import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.question.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A model with its data, ready to be asked in both ways.
final class Workbench {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(2));

  private final World world;
  private final BruteForce brute;
  private final Legality legality;
  private final Planner planner;
  private final PinnedTables tables;

  /// @param lake has the tables of the world
  Workbench(World world, Lake lake) {
    this.world = world;
    this.brute = new BruteForce(world);
    this.legality = new Legality(world, brute);
    this.planner = planner(world);
    this.tables = lake.pin(world.tables().stream().map(Table::name).toList());
  }

  static Workbench written(World world, Lake lake) {
    write(world.tables(), lake);
    return new Workbench(world, lake);
  }

  /// Writes the tables that another world does not have.
  static Workbench writtenWhereNew(World world, World other, Lake lake) {
    write(world.tables().stream().filter(t -> !other.tables().contains(t)).toList(), lake);
    return new Workbench(world, lake);
  }

  private static void write(List<Table> tables, Lake lake) {
    for (Table table : tables) {
      lake.create(table.name(), table.schema());
      if (!table.rows().isEmpty()) {
        lake.append(table.name(), table.rows());
      }
    }
  }

  /// The same data under another model.
  private static Planner planner(World world) {
    var findings = new Findings();
    List<SourceTable> tables = world.tables().stream().map(Table::source).toList();
    Optional<SemanticModel> model = OssieReader.parse("model.yaml", world.yaml(), findings);
    model.ifPresent(read -> ModelCheck.check(read, tables, findings));
    if (findings.hasErrors() || model.isEmpty()) {
      throw new AssertionError(
          findings.toList().stream().map(Object::toString).collect(Collectors.joining("\n"))
              + "\n"
              + world.yaml());
    }
    return new Planner(model.get(), tables, List.of());
  }

  World world() {
    return world;
  }

  BruteForce brute() {
    return brute;
  }

  /// What came of a question.
  sealed interface Outcome {
    record Agreed(int rows) implements Outcome {}

    /// Rightly refused.
    ///
    /// @param rule why, by the words of the guide
    record Refused(String rule) implements Outcome {}

    record Differs(String how) implements Outcome {}
  }

  Outcome ask(Question question, Engine engine) {
    Optional<String> refusal = legality.refusal(question);
    try {
      return switch (planner.plan(question)) {
        case Planning.Rejected(List<Issue> issues) ->
            refusal.isPresent()
                ? new Outcome.Refused(refusal.get())
                : new Outcome.Differs("refused though it is legal: " + issues);
        case Planning.Planned(Plan plan) ->
            refusal
                .<Outcome>map(
                    rule -> new Outcome.Differs("answered though it is not legal: " + rule))
                .orElseGet(() -> compare(brute.answer(question), rows(plan, engine)));
      };
    } catch (RuntimeException e) {
      return new Outcome.Differs("fails: " + trace(e));
    }
  }

  /// What came of a question that need not be answered.
  sealed interface Verdict {
    record Right() implements Verdict {}

    record Refused(String code, String message) implements Verdict {}

    record Wrong(String how) implements Verdict {}
  }

  /// Whether a question is answered as brute force answers it, or refused.
  Verdict judge(Question question, Engine engine) {
    return judge(planner.plan(question), legality.refusal(question), question, engine, false);
  }

  /// The same of SQL that asks a question; the order of its rows is not compared.
  Verdict judge(String sql, Question question, Engine engine) {
    return judge(planner.plan(sql), Optional.empty(), question, engine, true);
  }

  private Verdict judge(
      Planning planning,
      Optional<String> rule,
      Question question,
      Engine engine,
      boolean inAnyOrder) {
    try {
      return switch (planning) {
        case Planning.Rejected(List<Issue> issues) ->
            new Verdict.Refused(issues.getFirst().code().name(), issues.getFirst().message());
        case Planning.Planned(Plan plan) -> {
          if (rule.isPresent()) {
            yield new Verdict.Wrong("answered though it is not legal: " + rule.get());
          }
          var expected = new ArrayList<>(brute.answer(question));
          var found = new ArrayList<>(rows(plan, engine));
          if (inAnyOrder) {
            expected.sort(Workbench::inOrder);
            found.sort(Workbench::inOrder);
          }
          yield compare(expected, found) instanceof Outcome.Differs(String how)
              ? new Verdict.Wrong(how)
              : new Verdict.Right();
        }
      };
    } catch (RuntimeException e) {
      return new Verdict.Wrong("fails: " + trace(e));
    }
  }

  private static int inOrder(List<@Nullable Object> a, List<@Nullable Object> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = String.valueOf(a.get(i)).compareTo(String.valueOf(b.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String trace(Throwable e) {
    return e
        + java.util.Arrays.stream(e.getStackTrace())
            .limit(12)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining())
        + (e.getCause() == null ? "" : "\n  because " + trace(e.getCause()));
  }

  /// The engine's rows, or none where it is refused.
  List<List<@Nullable Object>> rows(Question question, Engine engine) {
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan plan) -> rows(plan, engine);
      case Planning.Rejected(List<Issue> issues) -> throw new AssertionError(issues);
    };
  }

  /// The rows of SQL.
  List<List<@Nullable Object>> rows(String sql, Engine engine) {
    return switch (planner.plan(sql)) {
      case Planning.Planned(Plan plan) -> rows(plan, engine);
      case Planning.Rejected(List<Issue> issues) -> throw new AssertionError(issues);
    };
  }

  private List<List<@Nullable Object>> rows(Plan plan, Engine engine) {
    var all = new ArrayList<List<@Nullable Object>>();
    try (Rows rows = engine.run(plan, tables.only(plan.tables()), LIMITS)) {
      while (rows.next()) {
        var row = new ArrayList<@Nullable Object>();
        for (int i = 0; i < plan.columns().size(); i++) {
          row.add(Values.stored(rows.value(i)));
        }
        all.add(row);
      }
    }
    return all;
  }

  static Outcome compare(
      List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
    return same(expected, actual)
        ? new Outcome.Agreed(expected.size())
        : new Outcome.Differs(
            "expected\n" + written(expected) + "\nbut there was\n" + written(actual));
  }

  static boolean same(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int row = 0; row < expected.size(); row++) {
      if (expected.get(row).size() != actual.get(row).size()) {
        return false;
      }
      for (int i = 0; i < expected.get(row).size(); i++) {
        if (!Values.same(expected.get(row).get(i), actual.get(row).get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  static String written(List<? extends List<? extends @Nullable Object>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" | ", "  ", "")))
        .collect(Collectors.joining("\n"));
  }

  /// The model with no other metrics than a question needs.
  private World needed(Question question) {
    var names = new LinkedHashSet<String>();
    brute.used(question).forEach(name -> collect(brute.base(name), names));
    return world.withMeasures(
        world.measures().stream().filter(m -> names.contains(m.name())).toList());
  }

  private void collect(Measure measure, Set<String> names) {
    if (names.add(measure.name())) {
      measure
          .meaning()
          .formula()
          .leaves()
          .forEach(leaf -> {
            if (leaf instanceof Formula.Named(String name)) {
              collect(world.measure(name).orElseThrow(), names);
            }
          });
    }
  }

  /// All that is needed to see a case again.
  String told(Question question) {
    return question
        + "\n"
        + needed(question).yaml()
        + world.sources().stream()
            .map(source ->
                source.table().name()
                    + " "
                    + source.table().columns().stream().map(Table.Column::name).toList()
                    + "\n"
                    + written(source.table().rows()))
            .collect(Collectors.joining("\n"));
  }
}
