package io.scorebook.engine.pgcatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.pgcatalog.SystemCatalog.Identity;
import io.scorebook.engine.pgcatalog.SystemCatalog.Most;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which keys are told of products, to whom, and what a statement on the catalog may take.
class CatalogKeysTest {
  private static final Identity IDENTITY = new Identity("ann", "scorebook", "16.4");
  private static final String KEYS =
      """
      SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE contype <> 'f' ORDER BY 1
      """;
  private static final String MASKED =
      """
      grants:
        - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
      groups: [leads]
      tables:
        people:
          columns:
            pay: {deny: true, except: [leads]}
      """;

  @TempDir Path folder;

  @Test
  void groupsAreUniqueWithTheirNullsAndRowsByTheirKey() throws IOException {
    try (var catalog = SystemCatalog.of(List.of(Firm.withRows(folder, Firm.OPEN)), IDENTITY)) {
      assertThat(told(catalog, KEYS))
          .isEqualTo(
              "[[headcount_v1.heads, u, UNIQUE NULLS NOT DISTINCT (title)],"
                  + " [people, p, PRIMARY KEY (person_id)],"
                  + " [staff_v1.people, p, PRIMARY KEY (person_id)],"
                  + " [units, p, PRIMARY KEY (unit_id)]]");
      assertThat(
              told(
                  catalog,
                  """
                  SELECT indexrelid::regclass::text, indisprimary, indnullsnotdistinct, indkey, pg_get_indexdef(indexrelid)
                  FROM pg_index WHERE indrelid = 'headcount_v1.heads'::regclass
                  """))
          .isEqualTo(
              "[[heads_key, false, true, [1], CREATE UNIQUE INDEX heads_key ON headcount_v1.heads"
                  + " USING btree (title) NULLS NOT DISTINCT]]");
      assertThat(
              told(
                  catalog,
                  """
                  SELECT t.table_schema, t.constraint_type, t.nulls_distinct, k.column_name
                  FROM information_schema.table_constraints t JOIN information_schema.key_column_usage k USING (table_schema, constraint_name)
                  WHERE t.table_schema LIKE '%_v1' ORDER BY 1
                  """))
          .isEqualTo(
              "[[headcount_v1, UNIQUE, NO, title], [staff_v1, PRIMARY KEY, null, person_id]]");
    }
  }

  @Test
  void nobodyIsToldOfKeysFromWhomSomethingIsKeptBack() throws IOException {
    Domain masked = Firm.withRows(folder, MASKED);
    var reader = new Caller("bob", Set.of("readers"), Map.of(), Optional.empty());
    try (var his = SystemCatalog.of(List.of(masked.seenBy(reader)), IDENTITY)) {
      assertThat(told(his, KEYS)).isEqualTo("[]");
    }
  }

  @Test
  void aStatementHasLimits() throws IOException {
    var domains = List.of(Firm.domain(folder, Firm.OPEN));
    try (var catalog = SystemCatalog.of(domains, IDENTITY, new Most(10, 1))) {
      assertThat(catalog.query("SELECT * FROM generate_series(1, 10)", List.of()).rows())
          .hasSize(10);
      CatalogException more =
          catchThrowableOfType(
              CatalogException.class, () -> told(catalog, "SELECT * FROM generate_series(1, 11)"));
      assertThat(more.sqlState()).isEqualTo("54000");
      assertThat(more).hasMessage("Cannot give more than 10 rows of the catalog");
      CatalogException longer =
          catchThrowableOfType(
              CatalogException.class,
              () ->
                  told(
                      catalog,
                      "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b WHERE a <> b"));
      assertThat(longer.sqlState()).isEqualTo("57014");
      assertThat(told(catalog, "SELECT 1")).isEqualTo("[[1]]");
    }
  }

  /// Publication refuses such domains; two schemas of one number would be worse than none.
  @Test
  void noTwoDomainsHaveOneSchema() throws IOException {
    List<Domain> domains =
        List.of(
            Firm.domain(folder.resolve("a"), Firm.OPEN),
            Firm.domain(folder.resolve("b"), Firm.OPEN));
    assertThatThrownBy(() -> SystemCatalog.of(domains, IDENTITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid domains: 'firm' is not the only one with the schema 'firm'");
  }

  private static String told(SystemCatalog catalog, String sql) {
    return catalog.query(sql, List.of()).rows().toString();
  }
}
