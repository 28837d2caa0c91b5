package io.scorebook.engine.policy;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.TableForm;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// A firm with people whose pay not everyone is told, in a store of its own.
final class Firm implements AutoCloseable {
  static final Limits LIMITS = Limits.of(Duration.ofMinutes(5));

  static final String MODEL =
      """
      version: 0.2.0.dev0
      name: firm
      description: People and what they are paid.
      datasets:
        - name: people
          source: firm.people
          primary_key: [person_id]
          fields:
            - {name: person_id, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: person_id}]}}
            - {name: name, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: name}]}}
            - {name: unit_id, expression: {dialects: [{dialect: ANSI_SQL, expression: unit_id}]}}
            - {name: pay, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: pay}]}}
            - {name: double_pay, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: pay * 2}]}}
            - {name: bonus, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: bonus}]}}
            - {name: hired, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: hired}]}}
            - {name: note, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: note}]}}
        - name: units
          source: firm.units
          primary_key: [unit_id]
          fields:
            - {name: title, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: title}]}}
            - {name: region, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: region}]}}
        - name: costs
          source: SELECT unit_id, pay + 1 AS cost, name FROM firm.people
          primary_key: []
          fields:
            - {name: cost, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: cost}]}}
            - {name: who, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: name}]}}
      relationships:
        - {name: in_unit, from: people, to: units, from_columns: [unit_id], to_columns: [unit_id]}
      metrics:
        - name: heads
          expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(people.person_id)}]}
        - name: pay_sum
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(people.pay)}]}
        - name: pay_each
          expression: {dialects: [{dialect: ANSI_SQL, expression: pay_sum / heads}]}
        - name: bonus_sum
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(people.bonus)}]}
        - name: most_pay
          expression: {dialects: [{dialect: ANSI_SQL, expression: MAX(people.pay)}]}
        - name: pay_rank
          expression: {dialects: [{dialect: ANSI_SQL, expression: pay_sum}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"kind": "rank", "entity": ["people.person_id"]}'
        - name: longest_run
          expression: {dialects: [{dialect: ANSI_SQL, expression: people.bonus > 5}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"kind": "streak", "mode": "longest", "entity": ["people.unit_id"], "order": ["people.hired"]}'
      """;

  private static final String PEOPLE =
      """
      {"type": "record", "name": "people", "namespace": "firm", "primaryKey": ["person_id"],
       "references": [{"fields": ["unit_id"], "to": "units", "toFields": ["unit_id"]}],
       "fields": [
         {"name": "person_id", "type": "long"},
         {"name": "name", "type": ["null", "string"]},
         {"name": "unit_id", "type": ["null", "long"]},
         {"name": "pay", "type": ["null", "long"]},
         {"name": "bonus", "type": ["null", "int"]},
         {"name": "hired", "type": ["null", {"type": "int", "logicalType": "date"}]},
         {"name": "note", "type": ["null", "string"]},
         {"name": "rate", "type": ["null", "double"]}]}
      """;

  private static final String UNITS =
      """
      {"type": "record", "name": "units", "namespace": "firm", "primaryKey": ["unit_id"],
       "fields": [
         {"name": "unit_id", "type": "long"},
         {"name": "title", "type": ["null", "string"]},
         {"name": "region", "type": ["null", "string"]}]}
      """;

  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-00000000000%d
      name: %s
      version: 1.0.0
      status: active
      domain: firm
      description: {purpose: Told to some.}
      team: {name: staff}
      outputPorts:
        - name: %s
          version: 1.0.0
          type: table
          customProperties:
            - property: metricQuery
              value: {metrics: [%s], dimensions: [title]}
      """;

  static final String OPEN =
      """
      grants:
        - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
      groups: [readers, leads, stewards, clerks]
      purposes: [payroll]
      attributes: [unit, region, level]
      """;

  private final Path home;
  private final Platform platform;

  private Firm(Path home) {
    this.home = home;
    this.platform = Platform.open(WarehouseSettings.embedded(home), EngineSettings.defaults());
  }

  static Path write(Path folder, String policies) throws IOException {
    write(folder, "model.yaml", MODEL);
    write(folder, "schemas/people.avsc", PEOPLE);
    write(folder, "schemas/units.avsc", UNITS);
    write(folder, "products/headcount.yaml", PRODUCT.formatted(1, "headcount", "heads", "heads"));
    write(folder, "products/payroll.yaml", PRODUCT.formatted(2, "payroll", "pay", "pay_sum"));
    write(folder, "policies.yaml", policies);
    return folder;
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Pseudonyms are the same in all stores of one parent.
  static Firm open(Path parent, String name, String policies) throws IOException {
    Path home = parent.resolve(name);
    Files.createDirectories(home);
    Files.writeString(home.resolve("mask.key"), "0123456789abcdef".repeat(4));
    var firm = new Firm(home);
    firm.publish(policies);
    for (Contract contract : firm.whole().contracts().inLoadOrder()) {
      var columns =
          TableForm.schema(contract).columns().stream()
              .map(column -> NestedField.optional(column.fieldId(), column.name(), column.type()))
              .toList();
      firm.platform.warehouse().buildTable(contract.table(), new Schema(columns)).create();
    }
    return firm;
  }

  void publish(String policies) throws IOException {
    var findings = new Findings();
    Path folder = write(Files.createTempDirectory(home, "domain"), policies);
    Optional<Domain> published = platform.domains().publish(folder, findings);
    if (published.isEmpty()) {
      throw new IllegalStateException(findings.toList().toString());
    }
  }

  Domain whole() {
    return platform.domains().list().getFirst();
  }

  Platform platform() {
    return platform;
  }

  @SafeVarargs
  final Firm rows(String table, List<@Nullable Object>... rows) {
    try (var lake = new Lake(home, "firm")) {
      lake.append(table, List.of(rows));
    }
    return this;
  }

  static List<@Nullable Object> person(
      long id, @Nullable String name, long unit, @Nullable Long pay, int bonus, String note) {
    return Arrays.asList(
        id, name, unit, pay, bonus, LocalDate.of(2020, 1, 1).plusDays(id), note, 0.5 * id);
  }

  static List<@Nullable Object> unit(long id, String title, String region) {
    return Arrays.asList(id, title, region);
  }

  static Caller caller(String group, Map<String, List<String>> attributes) {
    return new Caller(group, Set.of(group), attributes, Optional.empty());
  }

  Answers as(Caller caller, String engine) {
    return platform.answers().by(engine).as(caller);
  }

  /// All that the caller is told: columns, rows, provenance, or the reason why not.
  String ask(Caller caller, String engine, Question question) {
    return told(() -> as(caller, engine).answer(Optional.of("firm"), question, LIMITS));
  }

  String sql(Caller caller, String engine, String sql) {
    return told(() -> as(caller, engine).answer(sql, LIMITS));
  }

  String explain(Caller caller, String engine, String sql) {
    try {
      return switch (as(caller, engine).explain(sql, LIMITS)) {
        case Explaining.Explained explained -> explained.toString();
        case Explaining.Refused(var issues) -> words(issues);
      };
    } catch (EngineException e) {
      return e.kind() + " " + e.getMessage();
    }
  }

  static String told(java.util.function.Supplier<Outcome> asking) {
    try {
      return switch (asking.get()) {
        case Outcome.Refused(var issues) -> words(issues);
        case Outcome.Answered(Answer answer) -> {
          try (answer) {
            var lines = new ArrayList<String>();
            while (answer.rows().next()) {
              var values = new ArrayList<String>();
              for (int i = 0; i < answer.columns().size(); i++) {
                values.add(String.valueOf(answer.rows().value(i)));
              }
              lines.add(String.join("|", values));
            }
            yield "%s%n%s%n%s"
                .formatted(answer.columns(), String.join("\n", lines), answer.provenance());
          }
        }
      };
    } catch (EngineException e) {
      return e.kind() + " " + e.getMessage();
    }
  }

  /// The rows alone.
  static String rowsOf(String told) {
    String[] lines = told.split("\n");
    return Arrays.stream(lines, 1, Math.max(1, lines.length - 1)).collect(Collectors.joining("\n"));
  }

  private static String words(List<Issue> issues) {
    return "refused: " + issues;
  }

  @Override
  public void close() {
    platform.close();
  }
}
