package io.scorebook.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.registry.Product;
import io.scorebook.semantic.plan.Planning;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a table is written that the planner finds, its product is known: by that are its limits,
/// its notices and what the audit says.
final class ProductsNamedTest {
  private final FakeBackend backend = FakeBackend.ofSampleDomain();

  private List<String> named(String sql) {
    return ProductsNamed.in(new Ask.Sql(sql, Optional.empty()), backend.domains()).stream()
        .map(Product::name)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT team FROM standings_v1.standings",
        "SELECT team FROM Standings_V1 . STANDINGS",
        "SELECT team FROM standings_v1\n.\tstandings s",
        "SELECT team FROM standings_v1/* x */./* y */standings",
        "SELECT team FROM standings_v1 -- x\n.standings",
        "SELECT team FROM \"standings_v1\".\"standings\"",
        "SELECT team FROM `standings_v1`.standings",
        "SELECT team FROM [standings_v1].[standings]",
        "SELECT standings_v1.standings.team FROM standings_v1.standings",
        "SELECT team FROM U&\"standings\\005fv1\".standings",
        "SELECT team FROM u&\"standings!005fv1\" UESCAPE '!' . \"standings\"",
        "SELECT 'it''s' || team FROM standings_v1.standings"
      })
  void isFound(String sql) {
    assertThat(backend.plan(sql)).isInstanceOf(Planning.Planned.class);
    assertThat(named(sql)).containsExactly("standings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT wins FROM basketball.team_games",
        "SELECT 'standings_v1.standings' AS t FROM basketball.team_games",
        "SELECT wins /* standings_v1.standings */ FROM basketball.team_games",
        "SELECT x.standings_v1.standingsx, standings_v1 standings FROM basketball.team_games",
        "SELECT 1.5"
      })
  void isNotTakenForAnother(String sql) {
    assertThat(named(sql)).isEmpty();
  }

  @Test
  void aProductsOwnLimitHoldsHoweverItIsWritten() {
    backend.answering((_, _) ->
        backend.rows(
            FakeBackend.NUMBERS, List.of(Arrays.asList(1L), Arrays.asList(2L), Arrays.asList(3L))));
    var one =
        new Quota(OptionalLong.of(1), OptionalLong.empty(), Optional.empty(), OptionalInt.empty());
    try (var desk =
        new Desk(
            backend,
            Desk.Allowance.DEFAULT,
            new Quotas(Quota.NONE, Map.of(), Map.of(), Map.of("standings", one)),
            Witness.NONE)) {
      var ann = new Caller("ann", Set.of(), Map.of(), Optional.empty());
      for (String table : List.of("standings_v1.standings", "standings_v1 . standings")) {
        var ask = new Ask.Sql("SELECT wins FROM " + table, Optional.empty());
        try (OpenAnswer answer = desk.ask(ann, ask)) {
          assertThat(answer.next()).isTrue();
          assertThatThrownBy(answer::next).as(table).hasMessageContaining("more than 1 rows");
        }
      }
    }
  }
}
