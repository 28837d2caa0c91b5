package io.scorebook.engine.pgcatalog;

import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small domain with a key, a reference between two datasets, and a product.
final class Firm {
  static final String OPEN =
      """
      grants:
        - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
      """;

  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: firm
      description: People and what they are paid.
      datasets:
        - name: people
          description: One row a person
          source: firm.people
          primary_key: [person_id]
          fields:
            - {name: person_id, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: person_id}]}}
            - {name: works_in, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: unit_id}]}}
            - {name: pay, description: A month's, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: pay}]}}
            - {name: hired, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: hired}]}}
        - name: units
          source: firm.units
          primary_key: [unit_id]
          fields:
            - {name: unit_id, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: unit_id}]}}
            - {name: title, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: title}]}}
      relationships:
        - {name: in_unit, from: people, to: units, from_columns: [unit_id], to_columns: [unit_id]}
      metrics:
        - {name: heads, description: People, expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(people.person_id)}]}}
        - {name: pay_sum, expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(people.pay)}]}}
      """;
  private static final String PEOPLE =
      """
      {"type": "record", "name": "people", "namespace": "firm", "primaryKey": ["person_id"],
       "references": [{"fields": ["unit_id"], "to": "units", "toFields": ["unit_id"]}],
       "fields": [{"name": "person_id", "type": "long"}, {"name": "unit_id", "type": ["null", "long"]},
         {"name": "pay", "type": ["null", "long"]},
         {"name": "hired", "type": ["null", {"type": "int", "logicalType": "date"}]}]}
      """;
  private static final String UNITS =
      """
      {"type": "record", "name": "units", "namespace": "firm", "primaryKey": ["unit_id"],
       "fields": [{"name": "unit_id", "type": "long"}, {"name": "title", "type": ["null", "string"]}]}
      """;
  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-000000000001
      name: headcount
      version: 1.0.0
      status: active
      domain: firm
      description: {purpose: How many we are.}
      team: {name: staff}
      outputPorts:
        - name: heads
          version: 1.0.0
          type: table
          customProperties:
            - property: metricQuery
              value: {metrics: [heads], dimensions: [title]}
      """;

  private static final String ROWS =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-000000000002
      name: staff
      version: 1.0.0
      status: active
      domain: firm
      description: {purpose: Who we are.}
      team: {name: staff}
      outputPorts:
        - name: people
          version: 1.0.0
          type: table
          customProperties:
            - {property: dataset, value: people}
      """;

  private Firm() {}

  /// One with a product of rows besides.
  static Domain withRows(Path home, String policies) throws IOException {
    Files.createDirectories(home.resolve("products"));
    Files.writeString(home.resolve("products/staff.yaml"), ROWS);
    return domain(home, policies);
  }

  /// Written to a folder, and read.
  static Domain domain(Path home, String policies) throws IOException {
    Files.createDirectories(home.resolve("schemas"));
    Files.createDirectories(home.resolve("products"));
    Files.writeString(home.resolve("model.yaml"), MODEL);
    Files.writeString(home.resolve("schemas/people.avsc"), PEOPLE);
    Files.writeString(home.resolve("schemas/units.avsc"), UNITS);
    Files.writeString(home.resolve("products/headcount.yaml"), PRODUCT);
    Files.writeString(home.resolve("policies.yaml"), policies);
    var findings = new Findings();
    return Domain.read(home, findings)
        .orElseThrow(() -> new IllegalStateException(findings.toList().toString()));
  }
}
