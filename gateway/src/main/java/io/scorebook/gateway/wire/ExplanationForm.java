package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.Explaining.Explained;
import io.scorebook.engine.answer.KeyCheck;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.semantic.explain.Explanation;
import io.scorebook.semantic.explain.Explanation.Definition;
import io.scorebook.semantic.explain.Explanation.Filter;
import io.scorebook.semantic.explain.Explanation.Join;
import io.scorebook.semantic.explain.Explanation.Leaf;
import io.scorebook.semantic.explain.Explanation.Part;
import io.scorebook.semantic.explain.Explanation.Reach;
import io.scorebook.semantic.explain.ExplanationWords;
import io.scorebook.semantic.plan.Issue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// An explanation as it is told to an asker: as JSON, and in words.
public final class ExplanationForm {
  private ExplanationForm() {}

  public static byte[] json(Explained explained) {
    return Json.bytes(plain(explained));
  }

  /// In words: what the model makes of the question, then what the engine is sent.
  public static String words(Explained explained) {
    var words =
        new StringBuilder(
            ExplanationWords.of(explained.explanation(), join -> known(explained, join)));
    explained.keys().stream()
        .flatMap(key -> key.issues().stream())
        .forEach(issue ->
            words.append("\nThe question is refused: ").append(issue.message()).append('\n'));
    var provenance = explained.provenance();
    words.append(
        "\nModel %s %s, %s\n"
            .formatted(
                provenance.model().name(),
                provenance.model().version(),
                provenance.model().hash()));
    words.append("Policies: ").append(policies(provenance.policies())).append('\n');
    words.append(provenance.snapshots().isEmpty() ? "No snapshot is read\n" : "Snapshots read\n");
    provenance.snapshots().forEach((table, id) -> words.append("  %s: %d\n".formatted(table, id)));
    words.append(provenance.restsOn().isEmpty() ? "" : "Rests on\n");
    provenance.restsOn().forEach(basis -> words.append("  ").append(words(basis)).append('\n'));
    words.append("Sent to %s\n".formatted(provenance.engine()));
    explained.sent().lines().forEach(line -> words.append("  ").append(line).append('\n'));
    return words.toString();
  }

  private static String words(Provenance.Basis basis) {
    String state =
        switch (basis.state()) {
          case DECLARED -> "declared, not looked into on these snapshots";
          case ATTESTED -> "attested" + on(basis);
          case DISPROVED -> "DISPROVED%s, %d counterexamples".formatted(on(basis), basis.broken());
        };
    return "%s (%s): %s".formatted(basis.claim(), basis.declared(), state);
  }

  private static String on(Provenance.Basis basis) {
    return basis.snapshots().isEmpty()
        ? ", no rows yet"
        : basis.snapshots().entrySet().stream()
            .map(one -> "snapshot %d of %s".formatted(one.getValue(), one.getKey()))
            .collect(Collectors.joining(" and ", " on ", ""));
  }

  private static String policies(List<String> policies) {
    return policies.isEmpty()
        ? "no rows are filtered and no columns masked"
        : String.join(", ", policies);
  }

  private static String known(Explained explained, Join join) {
    return check(explained, join)
        .map(check ->
            (check.holds() ? "unique in " : "NOT unique in ")
                + (check.snapshots().isEmpty()
                    ? "a table that has no rows yet"
                    : check.snapshots().entrySet().stream()
                        .map(one -> "snapshot %d of %s".formatted(one.getValue(), one.getKey()))
                        .collect(Collectors.joining(" and "))))
        .orElse("");
  }

  private static Optional<KeyCheck> check(Explained explained, Join join) {
    return explained.keys().stream()
        .filter(check ->
            check.key().dataset().equals(join.to())
                && check.key().columns().equals(join.toColumns()))
        .findFirst();
  }

  private static Map<String, Object> plain(Explained explained) {
    Explanation explanation = explained.explanation();
    var plain = new LinkedHashMap<String, Object>();
    plain.put("metrics", explanation.definitions().stream().map(ExplanationForm::plain).toList());
    plain.put("parts", explanation.parts().stream().map(part -> plain(explained, part)).toList());
    plain.put(
        "refused",
        explained.keys().stream()
            .flatMap(key -> key.issues().stream())
            .map(Issue::message)
            .toList());
    plain.put("sent", explained.sent());
    plain.put("provenance", Values.provenance(explained.provenance()));
    return plain;
  }

  private static Map<String, Object> plain(Definition definition) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", definition.name());
    plain.put("kind", definition.kind());
    plain.put("meaning", definition.meaning());
    definition.description().ifPresent(text -> plain.put("description", text));
    plain.put("expression", definition.expression());
    plain.put("extension", definition.extension());
    plain.put("madeOf", definition.madeOf());
    plain.put("computes", definition.leaves().stream().map(ExplanationForm::plain).toList());
    return plain;
  }

  private static Map<String, Object> plain(Leaf leaf) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("fact", leaf.fact());
    plain.put("aggregate", leaf.aggregate());
    leaf.filter().ifPresent(filter -> plain.put("filter", filter));
    return plain;
  }

  private static Map<String, Object> plain(Explained explained, Part part) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("metrics", part.metrics());
    plain.put("facts", part.facts());
    plain.put("groupBy", part.groupBy());
    plain.put("groupingSets", part.groupingSets());
    plain.put("reaches", part.reaches().stream().map(reach -> plain(explained, reach)).toList());
    plain.put("filters", part.filters().stream().map(ExplanationForm::plain).toList());
    plain.put(
        "rewrites",
        part.rewrites().stream()
            .map(rewrite ->
                Values.pair("kind", Values.lower(rewrite.kind()), "what", rewrite.what()))
            .toList());
    return plain;
  }

  private static Map<String, Object> plain(Explained explained, Reach reach) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", reach.name());
    plain.put("fact", reach.fact());
    plain.put("field", reach.field());
    plain.put("path", reach.path());
    plain.put("joins", reach.joins().stream().map(join -> plain(explained, join)).toList());
    plain.put(
        "rejected",
        reach.rejected().stream()
            .map(other -> Values.pair("path", other.path(), "reason", other.reason()))
            .toList());
    return plain;
  }

  private static Map<String, Object> plain(Explained explained, Join join) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("relationship", join.relationship());
    plain.put("from", join.from());
    plain.put("fromColumns", join.fromColumns());
    plain.put("to", join.to());
    plain.put("toColumns", join.toColumns());
    plain.put("cardinality", "many-to-one");
    plain.put("declared", Values.lower(join.declared()));
    check(explained, join)
        .ifPresent(check -> {
          plain.put("holds", check.holds());
          plain.put("snapshots", check.snapshots());
        });
    return plain;
  }

  private static Map<String, Object> plain(Filter filter) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("condition", filter.condition());
    plain.put("chooses", Values.lower(filter.effect()));
    var exceptions = new LinkedHashMap<String, String>();
    filter.exceptions().forEach((metric, effect) -> exceptions.put(metric, Values.lower(effect)));
    plain.put("exceptions", exceptions);
    return plain;
  }
}
