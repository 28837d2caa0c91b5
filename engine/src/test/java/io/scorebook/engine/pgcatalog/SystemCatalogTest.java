package io.scorebook.engine.pgcatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.pgcatalog.SystemCatalog.Column;
import io.scorebook.engine.pgcatalog.SystemCatalog.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients ask of the catalog, in their shapes, and what nobody may ask.
class SystemCatalogTest {
  private static final Identity IDENTITY = new Identity("ann", "scorebook", "16.4");
  @TempDir static Path folder;
  private static SystemCatalog catalog;

  @BeforeAll
  static void build() throws IOException {
    catalog = SystemCatalog.of(List.of(Firm.domain(folder.resolve("open"), Firm.OPEN)), IDENTITY);
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  private static List<List<@Nullable Object>> ask(String sql, @Nullable Object... values) {
    return catalog.query(sql, java.util.Arrays.asList(values)).rows();
  }

  private static String told(String sql, @Nullable Object... values) {
    return ask(sql, values).toString();
  }

  @Test
  void listsRelationsAsPsqlDoes() {
    assertThat(
            told(
                """
                SELECT n.nspname as "Schema", c.relname as "Name",
                  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'i' THEN 'index' END as "Type",
                  pg_catalog.pg_get_userbyid(c.relowner) as "Owner",
                  pg_catalog.obj_description(c.oid, 'pg_class') as "Description"
                FROM pg_catalog.pg_class c
                     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
                WHERE c.relkind IN ('r','p','v','m','S','f','')
                      AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast'
                      AND n.nspname <> 'information_schema'
                  AND pg_catalog.pg_table_is_visible(c.oid)
                ORDER BY 1,2;
                """))
        .isEqualTo(
            "[[firm, people, table, ann, One row a person], [firm, units, table, ann, null]]");
  }

  @Test
  void describesATableAsPsqlDoes() {
    List<List<@Nullable Object>> found =
        ask(
            """
            SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c
              LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname OPERATOR(pg_catalog.~) '^(people)$' COLLATE pg_catalog.default
              AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 2, 3;
            """);
    assertThat(found).hasSize(1);
    Object oid = found.getFirst().getFirst();
    assertThat(
            told(
                """
                SELECT c.relchecks, c.relkind, c.relhasindex, false AS relhasoids, c.relispartition,
                  pg_catalog.array_to_string(c.reloptions || array(select 'toast.' || x from pg_catalog.unnest(tc.reloptions) x), ', '),
                  c.reltablespace, CASE WHEN c.reloftype = 0 THEN '' ELSE c.reloftype::pg_catalog.regtype::pg_catalog.text END,
                  c.relpersistence, am.amname
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class tc ON (c.reltoastrelid = tc.oid)
                  LEFT JOIN pg_catalog.pg_am am ON (c.relam = am.oid) WHERE c.oid = '%s'
                """
                    .formatted(oid)))
        .startsWith("[[0, r, true, false, false, ");
    assertThat(
            told(
                """
                SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                  (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
                   WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef),
                  (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t
                   WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS attcollation,
                  pg_catalog.col_description(a.attrelid, a.attnum)
                FROM pg_catalog.pg_attribute a WHERE a.attrelid = '%s' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                """
                    .formatted(oid)))
        .contains("[pay, bigint, null, null, A month's]", "[hired, date, null, null, null]")
        .contains("[heads, bigint, null, null, Metric, asked as AGGREGATE(heads): People]");
  }

  @Test
  void tellsKeysAsDriversAsk() {
    assertThat(
            told(
                """
                SELECT ct.relname AS TABLE_NAME, a.attname AS COLUMN_NAME, (information_schema._pg_expandarray(i.indkey)).n AS KEY_SEQ, ci.relname AS PK_NAME
                FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_attribute a ON (ct.oid = a.attrelid)
                  JOIN pg_catalog.pg_namespace n ON (ct.relnamespace = n.oid) JOIN pg_catalog.pg_index i ON (a.attrelid = i.indrelid)
                  JOIN pg_catalog.pg_class ci ON (ci.oid = i.indexrelid)
                WHERE ct.relname = $1 AND i.indisprimary AND a.attnum = i.indkey[0]
                """,
                "people"))
        .isEqualTo("[[people, person_id, 1, people_pkey]]");
    assertThat(
            told(
                """
                SELECT r.conname, pg_catalog.pg_get_constraintdef(r.oid, true) AS condef, r.confrelid::regclass
                FROM pg_catalog.pg_constraint r WHERE r.conrelid = 'firm.people'::regclass AND r.contype = 'f'
                """))
        .isEqualTo("[[in_unit, FOREIGN KEY (works_in) REFERENCES units(unit_id), units]]");
    assertThat(
            told(
                """
                SELECT k.column_name FROM information_schema.table_constraints t
                JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name
                WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_name = 'units'
                """))
        .isEqualTo("[[unit_id]]");
  }

  @Test
  void tellsColumnsAsDriversAsk() {
    assertThat(
            told(
                """
                SELECT * FROM (SELECT n.nspname, c.relname, a.attname, a.atttypid, a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) AS attnotnull,
                  a.atttypmod, a.attlen, t.typtypmod, row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS attnum,
                  nullif(a.attidentity, '') as attidentity, pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS adsrc, dsc.description, t.typbasetype, t.typtype
                FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON (c.relnamespace = n.oid)
                  JOIN pg_catalog.pg_attribute a ON (a.attrelid = c.oid) JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid)
                  LEFT JOIN pg_catalog.pg_attrdef def ON (a.attrelid = def.adrelid AND a.attnum = def.adnum)
                  LEFT JOIN pg_catalog.pg_description dsc ON (c.oid = dsc.objoid AND a.attnum = dsc.objsubid)
                  LEFT JOIN pg_catalog.pg_class dc ON (dc.oid = dsc.classoid AND dc.relname = 'pg_class')
                WHERE c.relkind in ('r','p','v','f','m') and a.attnum > 0 AND NOT a.attisdropped AND n.nspname LIKE 'headcount\\_v1' AND c.relname LIKE '%') c
                ORDER BY nspname, relname, attnum
                """))
        .contains("[headcount_v1, heads, title, 25, false, -1, -1, -1, 1,")
        .contains("[headcount_v1, heads, heads, 20, false, -1, 8, -1, 2,");
    assertThat(
            told(
                "select column_name, data_type, udt_name from information_schema.columns where table_schema = $1 and table_name = $2 order by ordinal_position",
                "firm",
                "units"))
        .isEqualTo("[[title, text, text], [unit_id, bigint, int8]]");
    assertThat(
            told(
                "select table_name, table_type from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1"))
        .isEqualTo("[[heads, VIEW], [people, BASE TABLE], [units, BASE TABLE]]");
  }

  @Test
  void tellsTypes() {
    assertThat(
            told(
                "SELECT typname AS name, oid, typarray AS array_oid, oid::regtype::text AS regtype, typdelim AS delimiter FROM pg_type t WHERE t.oid = to_regtype($1) ORDER BY t.oid",
                "int8"))
        .isEqualTo("[[int8, 20, 1016, bigint, ,]]");
    assertThat(
            told(
                "SELECT t.typname, t.typinput = 'pg_catalog.array_in'::regproc FROM pg_catalog.pg_type t WHERE t.typname IN ('text', '_text') ORDER BY 1 DESC"))
        .isEqualTo("[[text, false], [_text, true]]");
    assertThat(
            ask(
                """
                SELECT ns.nspname, t.oid, t.typname, t.typtype, CASE WHEN p.proname = 'array_recv' THEN t.typelem ELSE 0 END AS elemtypoid
                FROM pg_type t JOIN pg_namespace ns ON ns.oid = t.typnamespace JOIN pg_proc p ON p.oid = t.typreceive
                WHERE t.typtype IN ('b', 'r', 'm', 'e', 'd') ORDER BY t.oid
                """))
        .hasSizeGreaterThan(60);
  }

  @Test
  void namesAndTypesColumns() {
    assertThat(
            catalog.columns(
                "SELECT version(), current_user, 1, relname, relkind, oid, count(*) over (), current_schemas(true), 'pg_class'::regclass, now(), relname::text FROM pg_class WHERE oid = $1",
                1))
        .containsExactly(
            new Column("version", "text"),
            new Column("current_user", "text"),
            new Column("?column?", "int4"),
            new Column("relname", "name"),
            new Column("relkind", "\"char\""),
            new Column("oid", "oid"),
            new Column("count", "int8"),
            new Column("current_schemas", "text[]"),
            new Column("regclass", "regclass"),
            new Column("now", "timestamptz"),
            new Column("relname", "text"));
    assertThat(
            told(
                "SELECT current_schema(), current_database(), current_user, current_setting('server_version'), has_table_privilege('firm.people', 'SELECT'), has_table_privilege('firm.people', 'INSERT'), 'firm.people'::regclass, pg_is_in_recovery()"))
        .isEqualTo("[[firm, scorebook, ann, 16.4, true, false, people, false]]");
  }

  @Test
  void setsNothingThatWouldChangeAnswers() {
    assertThat(told("SELECT set_config('bytea_output', 'hex', false)")).isEqualTo("[[hex]]");
    assertThat(told("SELECT pg_catalog.set_config('search_path', '', false)")).isEqualTo("[[]]");
    for (String name : List.of("scorebook.purpose", "Search_Path", "statement_timeout")) {
      assertThatThrownBy(() -> told("SELECT set_config('%s', 'x', false)".formatted(name)))
          .isInstanceOf(CatalogException.class)
          .hasMessage("Cannot set %s by set_config: write SET %s = ...".formatted(name, name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT d.datname, pg_catalog.pg_get_userbyid(d.datdba), pg_catalog.pg_encoding_to_char(d.encoding), pg_catalog.array_to_string(d.datacl, E'\\n') FROM pg_catalog.pg_database d ORDER BY 1",
        "SELECT r.rolname, r.rolsuper, ARRAY(SELECT b.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles b ON (m.roleid = b.oid) WHERE m.member = r.oid) as memberof FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY 1",
        "SELECT n.nspname, pg_catalog.array_to_string(n.nspacl, E'\\n'), pg_catalog.obj_description(n.oid, 'pg_namespace') FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' ORDER BY 1",
        "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname = ANY(current_schemas(false))",
        "SELECT a.attname, (SELECT count(*) FROM pg_index i WHERE i.indrelid = a.attrelid AND a.attnum = ANY(i.indkey)) FROM pg_attribute a WHERE a.attrelid = 'people'::regclass",
        "SELECT c.relname FROM pg_class c WHERE c.relkind = ANY (ARRAY['r', 'v']) AND c.relname = 'people'",
        "SELECT c.relname FROM pg_class c WHERE c.relkind = ANY ('{r,v}') AND c.relname = 'people'",
        "select string_agg(word, ',') from pg_catalog.pg_get_keywords() where word <> ALL ('{abs,all}'::text[])",
        "SELECT typname, sp.r FROM pg_catalog.pg_type LEFT JOIN (select ns.oid as nspoid, ns.nspname, r.r from pg_namespace as ns join (select s.r, (current_schemas(false))[s.r] as nspname from generate_series(1, array_upper(current_schemas(false), 1)) as s(r)) as r using (nspname)) as sp ON sp.nspoid = typnamespace WHERE typname = 'int8' ORDER BY sp.r, pg_type.oid DESC",
        "SELECT a.attname, (SELECT json_build_object('always', a.attidentity = 'a', 'start', s.seqstart, 'cycle', s.seqcycle) FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON s.seqrelid = c.\"oid\" WHERE c.relkind = 'S' AND s.seqrelid = pg_catalog.pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass::oid) AS identity_options FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'people'::regclass",
        "SELECT 1",
        "SELECT 'a' || 1",
        "select name, setting from pg_settings where name = 'max_index_keys'",
        "WITH t AS (SELECT oid, relname FROM pg_class) SELECT t.relname FROM t",
        "SELECT i.relname, ix.indisunique, a.attname FROM pg_index ix JOIN pg_class i ON i.oid = ix.indexrelid CROSS JOIN LATERAL unnest(ix.indkey) WITH ORDINALITY AS k(attnum, ord) JOIN pg_attribute a ON a.attrelid = ix.indrelid AND a.attnum = k.attnum ORDER BY k.ord"
      })
  void answersToolsProbes(String sql) {
    assertThat(catalog.concerns(sql)).isTrue();
    assertThat(ask(sql)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('*')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_tables()",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pragma_version()",
        "SELECT getenv('HOME')",
        "SELECT * FROM query('select 1')",
        "SELECT getvariable('x')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM pg_class, '/etc/passwd'",
        "SELECT (SELECT max(content) FROM read_text('/etc/passwd')) FROM pg_class",
        "WITH sqlite_master AS (SELECT * FROM sqlite_master) SELECT * FROM sqlite_master",
        "SELECT * FROM pg_catalog.server",
        "SELECT * FROM pg_catalog.duckdb_tables",
        "SELECT * FROM memory.pgc.regnames",
        "SELECT * FROM pg_class JOIN firm.people ON true",
        "SELECT pgc.reg_oid('regclass', 'x')",
        "SELECT reg_oid('regclass', 'x')",
        "COPY (SELECT 1) TO '/tmp/x'",
        "ATTACH '/tmp/x'",
        "SELECT 1; SELECT 2",
        "DROP TABLE pgc.pg_class",
        "SELECT 'firm.nothing'::regclass",
        "DESCRIBE pg_class",
        "SELECT * FROM pg_catalog.pg_nothing",
        "SELECT write_log('x')",
        "SELECT sleep_ms(1)"
      })
  void refusesAllElse(String sql) {
    assertThatThrownBy(() -> ask(sql))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("Cannot");
  }

  @Test
  void knowsWhatIsItsOwn() {
    assertThat(catalog.concerns("SELECT * FROM firm.people")).isFalse();
    assertThat(catalog.concerns("SELECT aggregate(heads) FROM people")).isFalse();
    assertThat(catalog.concerns("not sql")).isFalse();
    assertThat(catalog.concerns("SELECT * FROM pg_class c JOIN firm.people p ON true")).isTrue();
  }

  @Test
  void hidesWhatTheCallerMayNotSee() throws IOException {
    Domain governed =
        Firm.domain(
            folder.resolve("governed"),
            """
            grants:
              - {who: ["*"], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
            groups: [leads]
            tables:
              people:
                columns:
                  pay: {deny: true, except: [leads]}
            """);
    var reader = new Caller("bob", Set.of("readers"), Map.of(), Optional.empty());
    try (var his = SystemCatalog.of(List.of(governed.seenBy(reader)), IDENTITY)) {
      for (String table : List.of("pg_attribute", "pg_description", "pg_class")) {
        assertThat(his.query("SELECT * FROM " + table, List.of()).rows().toString())
            .doesNotContain("A month's")
            .doesNotContain(" pay,")
            .doesNotContain("pay_sum");
      }
      String oid = "SELECT oid FROM pg_class WHERE relname = 'people'";
      assertThat(his.query(oid, List.of()).rows()).isEqualTo(ask(oid));
    }
  }
}
