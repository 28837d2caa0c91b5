package io.scorebook.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private final Findings findings = new Findings();

  private Value.Mapping parse(String text) {
    return (Value.Mapping) Document.parse("a.yaml", text, findings).orElseThrow();
  }

  @Test
  void valuesKnowTheirPlace() {
    Value.Mapping root = parse("name: x\nitems:\n  - one\n  - two\n");
    assertThat(root.items("items", findings).getLast().location())
        .isEqualTo(new Location("a.yaml", 4, 5));
    assertThat(root.texts("items", findings)).containsExactly("one", "two");
  }

  @Test
  void allMistakesAreToldAtOnceWithLineAndMend() {
    Value.Mapping root = parse("nmae: x\nflag: maybe\nname: y\nname: z\n");
    root.findBoolean("flag", findings);
    root.text("owner", findings);
    root.allowOnly(Set.of("name", "flag", "owner"), findings);
    assertThat(findings.toList())
        .map(Finding::toString)
        .containsExactly(
            "a.yaml:1: error: Cannot find the required 'owner'",
            "a.yaml:1: error: Cannot use the key 'nmae'; did you mean 'name'?",
            "a.yaml:2: error: Invalid 'flag': must be true or false",
            "a.yaml:4: error: Cannot have the key 'name' twice; the first is on line 3");
  }

  @Test
  void whatIsNotYamlIsAFindingAtItsPlace() {
    assertThat(Document.parse("a.yaml", "a: [1, 2\nb: 3\n", findings)).isEmpty();
    assertThat(findings.toList()).hasSize(1);
    assertThat(findings.toList().getFirst().location().line()).isEqualTo(2);
  }

  @Test
  void yesIsTextAndNumbersStayNumbers() {
    assertThat(parse("a: yes\nb: 12\nc: 1.50\nd: true\n").toPlain())
        .isEqualTo(
            java.util.Map.of(
                "a",
                "yes",
                "b",
                java.math.BigInteger.valueOf(12),
                "c",
                new java.math.BigDecimal("1.50"),
                "d",
                true));
  }

  @Test
  void aBombOfAliasesIsRefusedNotExpanded() {
    var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9) + "x"));
    }
    assertThat(Document.parse("a.yaml", text.toString(), findings)).isEmpty();
    assertThat(findings.hasErrors()).isTrue();
  }

  @Test
  void suggestionsComeNearestFirst() {
    assertThat(Suggestions.similar("wnis", List.of("wins", "losses", "win_pct")))
        .containsExactly("wins");
    assertThat(Suggestions.clause("zzz", List.of("b", "a"))).isEqualTo("there is 'a', 'b'");
  }
}
