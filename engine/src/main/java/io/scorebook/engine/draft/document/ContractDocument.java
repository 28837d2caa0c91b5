package io.scorebook.engine.draft.document;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.guess.DraftColumn;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.Guesses;
import io.scorebook.engine.draft.guess.Link;
import io.scorebook.engine.draft.guess.RoleGuess.Role;
import io.scorebook.engine.draft.profile.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// The contract of a table. JSON has no comments: what speaks for a guess stands in the `doc` of
/// what it is about.
final class ContractDocument {
  private ContractDocument() {}

  static String of(String domain, DraftTable table, Guesses guesses) {
    var lines = new Lines().add("{");
    lines.add(2, "\"type\": \"record\",");
    lines.add(2, "\"name\": %s,".formatted(Lines.json(table.name())));
    lines.add(2, "\"namespace\": %s,".formatted(Lines.json(domain)));
    lines.add(2, "\"doc\": %s,".formatted(Lines.json(doc(table))));
    lines.add(2, "\"primaryKey\": %s,".formatted(Lines.jsonList(key(table))));
    List<Link> links = guesses.from(table).stream().filter(Link::holds).toList();
    if (!links.isEmpty()) {
      lines.add(
          2,
          "\"references\": [%s\n  ],"
              .formatted(
                  links.stream()
                      .map(ContractDocument::reference)
                      .collect(Collectors.joining(","))));
    }
    table
        .label()
        .ifPresent(label ->
            lines.add(
                2,
                "\"distinctNames\": {\"field\": %s, \"with\": %s},"
                    .formatted(
                        Lines.json(label.column().name()), Lines.json(key(table).getFirst()))));
    var files = new LinkedHashSet<String>();
    table.profile().table().files().stream().map(SourceFile::contractName).forEach(files::add);
    lines.add(2, "\"files\": %s,".formatted(Lines.jsonList(List.copyOf(files))));
    lines.add(2, "\"fields\": [");
    for (int i = 0; i < table.columns().size(); i++) {
      boolean last = i == table.columns().size() - 1;
      lines.add(4, field(table, table.columns().get(i), guesses) + (last ? "" : ","));
    }
    return lines.add(2, "]").add("}").toString();
  }

  private static List<String> key(DraftTable table) {
    return table.key().columns().stream().map(DraftColumn::name).toList();
  }

  private static String doc(DraftTable table) {
    return "Drafted from %,d rows of %s. The key is a guess: %s."
        .formatted(table.profile().rows(), table.profile().fileNames(), table.key().why());
  }

  private static String reference(Link link) {
    return "\n    {\"fields\": %s, \"to\": %s, \"toFields\": %s}"
        .formatted(
            Lines.jsonList(link.fromColumns()),
            Lines.json(link.to()),
            Lines.jsonList(link.toColumns()));
  }

  private static String field(DraftTable table, DraftColumn column, Guesses guesses) {
    boolean required = table.key().has(column) || column.isRequired();
    var parts = new ArrayList<String>();
    parts.add("\"name\": " + Lines.json(column.name()));
    String type = type(column.type().type());
    parts.add("\"type\": " + (required ? type : "[\"null\", %s]".formatted(type)));
    if (!column.profile().everywhere()) {
      parts.add("\"default\": null");
    }
    if (column.needsAlias()) {
      parts.add("\"aliases\": " + Lines.jsonList(List.of(column.profile().name().strip())));
    }
    if (column.type().minutes()) {
      parts.add("\"format\": \"minutes\"");
    }
    column.pii().ifPresent(pii -> parts.add("\"pii\": " + Lines.json(pii.what())));
    parts.add("\"doc\": " + Lines.json(doc(table, column, guesses)));
    return "{" + String.join(", ", parts) + "}";
  }

  private static String doc(DraftTable table, DraftColumn column, Guesses guesses) {
    var words = new ArrayList<String>();
    long filled = column.profile().filled();
    long rows = column.profile().rows();
    words.add(
        "Guess: %s; %s"
            .formatted(
                column.type().why(),
                filled == rows
                    ? "never empty in %,d rows".formatted(rows)
                    : "filled in %,d of %,d rows".formatted(filled, rows)));
    guesses.from(table).stream()
        .filter(link -> link.fromColumns().contains(column.name()))
        .forEach(link -> words.add("leads to %s, since %s".formatted(link.to(), link.why())));
    column
        .pii()
        .ifPresent(
            pii -> words.add("perhaps %s of a person, by %s".formatted(pii.what(), pii.why())));
    if (table.role(column).role() == Role.LEFT_OUT) {
      words.add("not in the model, since " + table.role(column).why());
    }
    return String.join("; ", words) + ".";
  }

  private static String type(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal(int precision, int scale) ->
          "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": %d, \"scale\": %d}"
              .formatted(precision, scale);
      case Simple simple ->
          switch (simple) {
            case BOOLEAN -> "\"boolean\"";
            case INTEGER -> "\"int\"";
            case LONG -> "\"long\"";
            case FLOAT -> "\"float\"";
            case DOUBLE -> "\"double\"";
            case STRING -> "\"string\"";
            case DATE -> "{\"type\": \"int\", \"logicalType\": \"date\"}";
            case TIMESTAMP -> "{\"type\": \"long\", \"logicalType\": \"local-timestamp-micros\"}";
            case TIMESTAMP_TZ -> "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}";
            case TIME, BINARY ->
                throw new IllegalArgumentException("Invalid type of a contract: " + type);
          };
    };
  }
}
