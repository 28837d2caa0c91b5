package io.scorebook.engine.draft.document;

import io.scorebook.engine.draft.guess.DraftTable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// All documents of a domain's folder.
public final class Documents {
  private static final String POLICIES =
      """
      # Who may read what. Drafted as open, since nothing else can be enforced yet; keep elsewhere what
      # not all may read, above all columns that a contract marks with "pii".
      grants:
        - who: ["*"]
          on:
            products: ["*"]
            datasets: ["*"]
            metrics: ["*"]
          description: Open to everyone who has a token
      """;

  private Documents() {}

  /// The texts by their paths below the folder.
  public static Map<String, String> of(String domain, ModelPlan plan) {
    var documents = new TreeMap<String, String>();
    documents.put("model.yaml", ModelDocument.of(domain, plan));
    documents.put("policies.yaml", POLICIES);
    for (DraftTable table : plan.guesses().tables()) {
      documents.put(
          "schemas/%s.avsc".formatted(table.name()),
          ContractDocument.of(domain, table, plan.guesses()));
      documents.put(
          "products/%s.yaml".formatted(table.name()), ProductDocument.of(domain, table, plan));
      documents.put("tests/%s.yaml".formatted(table.name()), TestDocument.of(table, plan));
    }
    return Collections.unmodifiableMap(documents);
  }
}
