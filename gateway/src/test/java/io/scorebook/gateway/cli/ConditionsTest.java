package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Filter.Op;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static Filter of(String field, Op op, @Nullable Object... values) {
    return new Filter.Comparison(field, op, List.<@Nullable Object>of(values));
  }

  @Test
  void readsWhatPeopleWrite() {
    assertThat(Conditions.filter("season>=2018"))
        .isEqualTo(of("season", Op.GREATER_OR_EQUAL, 2018L));
    assertThat(Conditions.filter(" team = BOS ")).isEqualTo(of("team", Op.EQUAL, "BOS"));
    assertThat(Conditions.filter("team<>'2018'")).isEqualTo(of("team", Op.NOT_EQUAL, "2018"));
    assertThat(Conditions.filter("win_pct > 0.5"))
        .isEqualTo(of("win_pct", Op.GREATER, new BigDecimal("0.5")));
    assertThat(Conditions.filter("player='Shaquille O''Neal'"))
        .isEqualTo(of("player", Op.EQUAL, "Shaquille O'Neal"));
    assertThat(Conditions.filter("team in (BOS, 'G,S', 3)"))
        .isEqualTo(of("team", Op.IN, "BOS", "G,S", 3L));
    assertThat(Conditions.filter("team not in (BOS)")).isEqualTo(of("team", Op.NOT_IN, "BOS"));
    assertThat(Conditions.filter("points is not null")).isEqualTo(of("points", Op.IS_NOT_NULL));
    assertThat(Conditions.filter("player startsWith 'Le'"))
        .isEqualTo(of("player", Op.STARTS_WITH, "Le"));
    assertThat(Conditions.filter("date.month=2018-01-01"))
        .isEqualTo(of("date.month", Op.EQUAL, "2018-01-01"));
  }

  @Test
  void refusesWhatIsNone() {
    for (String text :
        List.of("season", "", ">= 3", "team in ()", "team in (a,,b)", "x like 'a'")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> Conditions.filter(text));
    }
  }

  @Test
  void readsGroupingSets() {
    assertThat(Conditions.groupingSets("(team,season), (team),()"))
        .containsExactly(List.of("team", "season"), List.of("team"), List.of());
    for (String text : List.of("", "team", "(team", "(team),", "(team)(season)")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> Conditions.groupingSets(text));
    }
  }
}
