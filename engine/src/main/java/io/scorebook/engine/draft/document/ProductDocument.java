package io.scorebook.engine.draft.document;

import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.document.ModelPlan.ModelMetric;
import io.scorebook.engine.draft.document.ModelPlan.Seen;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.RoleGuess.Role;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/// A product for each table: its metrics by what there is to group by, and its rows.
final class ProductDocument {
  private static final long FEW = 2;
  private static final long MANY = 10_000;

  private ProductDocument() {}

  static String of(String domain, DraftTable table, ModelPlan plan) {
    String files = table.profile().fileNames();
    String id =
        UUID.nameUUIDFromBytes((domain + "/" + table.name()).getBytes(StandardCharsets.UTF_8))
            .toString();
    var lines = new Lines();
    lines.comment(0, "Drafted: say what it is for and who owns it, then make it active.");
    lines.add("apiVersion: v1.1.0").add("kind: DataProduct").add("id: " + id);
    lines.add("name: " + table.name()).add("version: 0.1.0").add("status: draft");
    lines.add("domain: " + domain).add("description:");
    lines.add(2, "purpose: " + Lines.yaml("What %s holds, drafted from the file".formatted(files)));
    lines.add("team:").add(2, "name: " + Lines.yaml("Whoever owns " + domain));
    lines.add("outputPorts:").add(2, "- name: summary");
    Optional<Seen> by = groupedBy(table, plan);
    lines.add(
        4,
        "description: "
            + Lines.yaml(
                by.map(seen -> "All metrics of %s by %s".formatted(table.name(), seen.name()))
                    .orElse("All metrics of %s".formatted(table.name()))));
    lines.add(4, "customProperties:").add(6, "- property: metricQuery").add(8, "value:");
    by.ifPresent(seen ->
        lines.comment(
            10,
            "%s has %,d different values"
                .formatted(seen.name(), seen.field().column().profile().distinct())));
    lines.add(10, "dimensions: " + Lines.list(by.map(Seen::name).stream().toList()));
    lines.add(10, "metrics:");
    for (ModelMetric metric : plan.metrics(table)) {
      lines.add(12, "- " + metric.name());
    }
    lines.add(2, "- name: rows");
    lines.add(4, "description: " + Lines.yaml("All rows of %s".formatted(table.name())));
    lines
        .add(4, "customProperties:")
        .add(6, "- property: dataset")
        .add(8, "value: " + table.name());
    return lines.toString();
  }

  /// A dimension with some values, not too many: first what names the rows of another table, since
  /// what rows are about is kept in tables of their own.
  static Optional<Seen> groupedBy(DraftTable table, ModelPlan plan) {
    return plan.dimensions(table).values().stream()
        .filter(seen -> seen.field().role().role() == Role.DIMENSION)
        .filter(seen -> distinct(seen) >= FEW && distinct(seen) <= MANY)
        .min(
            Comparator.comparing((Seen seen) -> isLabel(seen) ? 0 : 1)
                .thenComparing(seen -> isText(seen) && namesRows(seen) ? 0 : 1)
                .thenComparing(seen -> isText(seen) ? 0 : 1)
                .thenComparing(seen -> seen.path().size())
                .thenComparing(
                    seen -> seen.path().stream().allMatch(l -> l.role().isEmpty()) ? 0 : 1)
                .thenComparing(ProductDocument::distinct));
  }

  private static boolean isText(Seen seen) {
    return seen.field().column().type().type() == Simple.STRING;
  }

  private static boolean namesRows(Seen seen) {
    return seen.path().size() == 1 && distinct(seen) == seen.table().profile().distinctRows();
  }

  private static boolean isLabel(Seen seen) {
    return !seen.path().isEmpty()
        && seen.table().label().filter(l -> l.column().equals(seen.field().column())).isPresent();
  }

  private static long distinct(Seen seen) {
    return seen.field().column().profile().distinct();
  }
}
