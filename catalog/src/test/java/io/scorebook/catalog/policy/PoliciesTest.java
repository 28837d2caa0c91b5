package io.scorebook.catalog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {
  private static final String POLICIES =
      """
      version: 1.0.0
      grants:
        - who: [analysts, owners]
          description: Those who work with it
          on:
            products: ["*"]
            metrics: [revenue, sold]
        - who: ["*"]
          on:
            products: [standings]
      """;

  private final Findings findings = new Findings();

  private Policies read() {
    Policies policies = Policies.parse("policies.yaml", POLICIES, findings).orElseThrow();
    assertThat(findings.toList()).isEmpty();
    return policies;
  }

  private void assertFinds(String text, String... lines) {
    assertThat(Policies.parse("policies.yaml", text, findings)).isEmpty();
    assertThat(findings.toList()).extracting(Finding::toString).containsExactly(lines);
  }

  @Test
  void allowsWhatIsGrantedAndNothingElse() {
    Policies policies = read();
    Set<String> analysts = Set.of("analysts");
    assertThat(policies.allows(analysts, Grant.Kind.PRODUCT, "anything")).isTrue();
    assertThat(policies.allows(analysts, Grant.Kind.METRIC, "Revenue")).isTrue();
    assertThat(policies.allows(analysts, Grant.Kind.METRIC, "margin")).isFalse();
    assertThat(policies.allows(analysts, Grant.Kind.DATASET, "sales")).isFalse();
    assertThat(policies.allows(Set.of(), Grant.Kind.PRODUCT, "standings")).isTrue();
    assertThat(policies.allows(Set.of("guests"), Grant.Kind.PRODUCT, "sales")).isFalse();
    assertThat(policies.allows(Set.of("guests"), Grant.Kind.METRIC, "revenue")).isFalse();
  }

  @Test
  void refusesWordsThatItDoesNotKnowInsteadOfIgnoringThem() {
    assertFinds(
        POLICIES.replace(
            "    on:\n      products: [standings]",
            "    rowFilters: []\n    on:\n      products: [standings]\n      columns: [a]"),
        "policies.yaml:9: error: Cannot use the key 'rowFilters'; use one of description, on,"
            + " purpose, who",
        "policies.yaml:12: error: Cannot use the key 'columns'; use one of datasets, metrics,"
            + " products");
  }

  @Test
  void reportsAllMistakesAtOnce() {
    assertFinds(
        """
        grant: []
        grants:
          - who: []
            on: {product: [a]}
          - who: [analysts]
          - who: ["*", owners]
            on: {metrics: ["rev*"], datasets: []}
        """,
        "policies.yaml:1: error: Cannot use the key 'grant'; did you mean 'grants'?",
        "policies.yaml:3: error: Cannot find a group in 'who'; list names, or write [\"*\"] for all",
        "policies.yaml:4: error: Cannot use the key 'product'; did you mean 'products'?",
        "policies.yaml:5: error: Cannot find the required 'on'",
        "policies.yaml:6: error: Cannot use '*' in 'who'; list full names, or write [\"*\"] alone",
        "policies.yaml:7: error: Cannot use 'rev*' in 'metrics'; list full names, or write [\"*\"]"
            + " alone",
        "policies.yaml:7: error: Cannot find a name in 'datasets'; list names, or write [\"*\"] for"
            + " all");
  }

  @Test
  void reportsGrantsOnNamesThatTheDomainDoesNotHave() {
    read()
        .checkNames(
            Map.of(
                Grant.Kind.PRODUCT,
                List.of("standing"),
                Grant.Kind.METRIC,
                List.of("revenue", "sold")),
            findings);
    assertThat(findings.toList())
        .extracting(Finding::toString)
        .containsExactly(
            "policies.yaml:8: error: Cannot grant 'standings': there is no such one among the"
                + " products; did you mean 'standing'?");
  }

  @Test
  void isOpenWithoutAFile(@TempDir Path domain) {
    Policies policies = Policies.read(domain, findings).orElseThrow();
    assertThat(findings.toList()).isEmpty();
    assertThat(policies.allows(Set.of(), Grant.Kind.DATASET, "sales")).isTrue();
  }

  @Test
  void isOpenWhereGrantsTogetherLeaveNothingOut() {
    String grants =
        """
        grants:
          - {who: ["*"], on: {products: ["*"], metrics: ["*"]}}
          - {who: ["*"], on: {datasets: ["*"]}}
        """;
    assertThat(Policies.parse("p.yaml", grants, findings).orElseThrow().isOpen()).isTrue();
    assertThat(
            Policies.parse("p.yaml", grants.replaceFirst("\\[\"\\*\"]", "[owners]"), findings)
                .orElseThrow()
                .isOpen())
        .isFalse();
    assertThat(
            Policies.parse("p.yaml", grants.replace("metrics: [\"*\"]", "metrics: [a]"), findings)
                .orElseThrow()
                .isOpen())
        .isFalse();
    assertThat(read().isOpen()).isFalse();
  }

  @Test
  void isClosedWithAnEmptyList(@TempDir Path domain) throws IOException {
    Files.writeString(domain.resolve("policies.yaml"), "grants: []\n");
    assertThat(
            Policies.read(domain, findings)
                .orElseThrow()
                .allows(Set.of("owners"), Grant.Kind.METRIC, "revenue"))
        .isFalse();
  }

  @Test
  void readsTheSample() {
    Path domain = Path.of(System.getProperty("scorebook.root", ".."), "domains/basketball");
    assertThat(Policies.read(domain, findings).orElseThrow().grants()).hasSize(1);
    assertThat(findings.toList()).isEmpty();
  }

  @Test
  void neverThrowsOnWhatIsNoPolicy() {
    for (String text :
        List.of("", "- a", "grants: x", "grants: [x]", "grants: [{on: x, who: y}]", "{")) {
      var own = new Findings();
      assertThat(Policies.parse("p.yaml", text, own)).isEmpty();
      assertThat(own.hasErrors()).as(text).isTrue();
    }
  }
}
