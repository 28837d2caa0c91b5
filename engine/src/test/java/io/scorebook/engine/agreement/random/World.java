package io.scorebook.engine.agreement.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A random model and its data.
///
/// @param conformed dimensions that mean the same on every dataset
/// @param calendars dimensions whose values are periods of a time dimension
record World(
    List<Source> sources,
    List<Link> links,
    Set<String> conformed,
    Map<String, String> calendars,
    List<Measure> measures) {

  /// A dataset.
  ///
  /// @param where which rows of the table it has
  record Source(
      String name,
      Table table,
      Optional<Formula.Condition> where,
      List<String> primaryKey,
      List<String> uniqueKeys,
      List<Field> fields) {

    /// Names are unique, and rows many.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Source source && source.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    Field field(String name) {
      return fields.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    Table.Type type(String field) {
      return table.type(field(field).column());
    }

    boolean isUnique(String column) {
      return primaryKey.equals(List.of(column)) || uniqueKeys.contains(column);
    }
  }

  record Field(String name, String column, boolean isDimension) {}

  /// A many-to-one relationship.
  ///
  /// @param exposes the name there for each name seen; empty: all under their own
  record Link(
      String name,
      String from,
      String to,
      List<String> fromColumns,
      List<String> toColumns,
      Optional<Map<String, String>> exposes) {}

  Source source(String name) {
    return sources.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  Optional<Measure> measure(String name) {
    return measures.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  List<Table> tables() {
    return sources.stream().map(Source::table).toList();
  }

  World withMeasures(List<Measure> others) {
    return new World(sources, links, conformed, calendars, others);
  }

  World withTable(String source, Table table) {
    return new World(
        sources.stream()
            .map(s ->
                s.name().equals(source)
                    ? new Source(
                        s.name(), table, s.where(), s.primaryKey(), s.uniqueKeys(), s.fields())
                    : s)
            .toList(),
        links,
        conformed,
        calendars,
        measures);
  }

  /// The model document.
  String yaml() {
    var lines = new ArrayList<String>();
    lines.add("version: 0.2.0.dev0");
    lines.add("name: random");
    lines.add("custom_extensions:");
    lines.add("  - vendor_name: SCOREBOOK");
    lines.add(
        "    data: '{\"version\": \"1.0.0\", \"conformed\": %s, \"calendars\": {%s}}'"
            .formatted(
                conformed.stream().sorted().map(c -> "\"" + c + "\"").toList(),
                String.join(
                    ", ",
                    calendars.entrySet().stream()
                        .map(e -> "\"%s\": \"%s\"".formatted(e.getKey(), e.getValue()))
                        .sorted()
                        .toList())));
    lines.add("datasets:");
    sources.forEach(source -> source(lines, source));
    lines.add("relationships:");
    links.forEach(link -> link(lines, link));
    lines.add("metrics:");
    measures.forEach(measure -> measure(lines, measure));
    return String.join("\n", lines) + "\n";
  }

  private static void source(List<String> lines, Source source) {
    lines.add("  - name: " + source.name());
    lines.add(
        "    source: "
            + source
                .where()
                .map(where ->
                    "\"SELECT * FROM test.%s AS %s WHERE %s\""
                        .formatted(source.table().name(), source.name(), where.sql()))
                .orElse("test." + source.table().name()));
    lines.add("    primary_key: " + source.primaryKey());
    if (!source.uniqueKeys().isEmpty()) {
      lines.add(
          "    unique_keys: %s".formatted(source.uniqueKeys().stream().map(List::of).toList()));
    }
    lines.add("    fields:");
    for (Field field : source.fields()) {
      String type =
          switch (source.type(field.name())) {
            case INTEGER -> "Integer";
            case DECIMAL -> "Decimal";
            case STRING -> "String";
            case DATE -> "Date";
            case BOOLEAN -> "Boolean";
          };
      lines.add(
          "      - {name: %s, datatype: %s,%s expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: %s}]}}"
              .formatted(
                  field.name(),
                  type,
                  field.isDimension() ? " dimension: {}," : "",
                  field.column()));
    }
  }

  private static void link(List<String> lines, Link link) {
    lines.add("  - name: " + link.name());
    lines.add("    from: " + link.from());
    lines.add("    to: " + link.to());
    lines.add("    from_columns: " + link.fromColumns());
    lines.add("    to_columns: " + link.toColumns());
    link.exposes()
        .ifPresent(exposes -> {
          List<String> pairs =
              exposes.entrySet().stream()
                  .map(e -> "\"%s\": \"%s\"".formatted(e.getKey(), e.getValue()))
                  .sorted()
                  .toList();
          lines.add("    custom_extensions:");
          lines.add("      - vendor_name: SCOREBOOK");
          lines.add("        data: '{\"exposes\": {%s}}'".formatted(String.join(", ", pairs)));
        });
  }

  private static void measure(List<String> lines, Measure measure) {
    lines.add("  - name: " + measure.name());
    lines.add("    expression:");
    lines.add("      dialects:");
    lines.add("        - dialect: ANSI_SQL");
    lines.add("          expression: '%s'".formatted(measure.meaning().sql().replace("'", "''")));
    var extension = new ArrayList<String>();
    if (!measure.meaning().extension().isEmpty()) {
      extension.add(measure.meaning().extension());
    }
    measure
        .target()
        .ifPresent(target ->
            extension.add(
                "\"target\": {\"value\": %s, \"direction\": \"%s\"}"
                    .formatted(
                        target.value().toPlainString(), target.atLeast() ? "atLeast" : "atMost")));
    if (!extension.isEmpty()) {
      lines.add("    custom_extensions:");
      lines.add("      - vendor_name: SCOREBOOK");
      lines.add("        data: '{%s}'".formatted(String.join(", ", extension).replace("'", "''")));
    }
  }
}
