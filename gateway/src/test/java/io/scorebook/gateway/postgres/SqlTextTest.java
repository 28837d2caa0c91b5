package io.scorebook.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SqlTextTest {
  @Test
  void partsStatementsAndNotWhatOnlyLooksLikeTheirEnd() {
    assertThat(
            SqlText.statements(
                "select ';' || \"a;b\" /* ; /* ; */ ; */ -- ;\n, $$;$$, $t$ ; $$ $t$, E'\\';';; select 2;"))
        .containsExactly(
            "select ';' || \"a;b\" /* ; /* ; */ ; */ -- ;\n, $$;$$, $t$ ; $$ $t$, E'\\';'",
            " select 2");
    assertThat(SqlText.statements(" ; -- nothing\n;")).isEmpty();
  }

  @Test
  void findsParametersAndNotWhatOnlyLooksLikeOne() {
    String sql = "select '$1', \"$2\", a$3, $$ $4 $$, $2::text || $1 -- $9\n, $1";
    assertThat(SqlText.parameters(sql)).isEqualTo(2);
    assertThat(SqlText.bind(sql, List.of("'x'", "(-1)")))
        .isEqualTo("select '$1', \"$2\", a$3, $$ $4 $$, (-1)::text || 'x' -- $9\n, 'x'");
  }

  @Test
  void whatIsNotClosedGoesToTheEnd() {
    for (String open :
        List.of("select 'a", "select \"a", "select /* a", "select $$a", "select $x$a$$")) {
      assertThat(SqlText.statements(open)).as(open).containsExactly(open);
    }
  }
}
