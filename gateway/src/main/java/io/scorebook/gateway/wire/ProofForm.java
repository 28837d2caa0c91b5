package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.Attesting;
import io.scorebook.engine.answer.Counterexample;
import io.scorebook.engine.answer.Proven;
import io.scorebook.engine.domain.Domain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Proofs as JSON, for other programs to read.
public final class ProofForm {
  private ProofForm() {}

  public static String json(Domain domain, Attesting attesting, List<Proven> proofs) {
    var model = new LinkedHashMap<String, Object>();
    model.put("name", domain.model().name());
    model.put("version", domain.model().version());
    model.put("hash", domain.model().hash());
    var plain = new LinkedHashMap<String, Object>();
    plain.put("model", model);
    plain.put("snapshots", attesting.snapshots());
    plain.put("engine", attesting.engine());
    plain.put("notProven", proofs.stream().filter(proven -> !proven.holds()).count());
    plain.put("proofs", proofs.stream().map(ProofForm::plain).toList());
    return Json.text(plain);
  }

  private static Map<String, Object> plain(Proven proven) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("kind", proven.claim().kind());
    plain.put("of", proven.claim().of().toString());
    plain.put("claim", proven.claim().sentence());
    plain.put("declaredBy", proven.claim().declared().by());
    plain.put("declaredAt", proven.claim().declared().at().toString());
    switch (proven) {
      case Proven.Decided decided -> {
        plain.put("result", decided.holds() ? "proven" : "disproved");
        plain.put("rows", decided.verdict().rows());
        plain.put("nulls", decided.verdict().nulls());
        plain.put("broken", decided.verdict().broken());
        plain.put("examples", decided.examples().stream().map(ProofForm::plain).toList());
        plain.put("snapshots", decided.verdict().snapshots());
      }
      case Proven.Undecided undecided -> {
        plain.put("result", "undecided");
        plain.put("reason", undecided.reason());
      }
    }
    plain.put("millis", proven.took().toMillis());
    return plain;
  }

  private static Map<String, Object> plain(Counterexample example) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    example
        .values()
        .forEach((name, value) ->
            values.put(
                name,
                value == null || value instanceof Number || value instanceof Boolean
                    ? value
                    : Values.text(value)));
    var plain = new LinkedHashMap<String, Object>();
    plain.put("values", values);
    if (example.rows() > 0) {
      plain.put("rows", example.rows());
    }
    return plain;
  }
}
