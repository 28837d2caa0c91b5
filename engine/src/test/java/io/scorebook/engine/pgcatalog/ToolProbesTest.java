package io.scorebook.engine.pgcatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.engine.pgcatalog.SystemCatalog.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What tools ask of the catalog when they connect and when they list tables, told as PostgreSQL
/// tells it.
class ToolProbesTest {
  private static final List<String> NAMES = List.of("people", "units");

  @TestFactory
  Stream<DynamicTest> areAnswered(@TempDir Path folder) throws IOException {
    SystemCatalog catalog =
        SystemCatalog.of(
            List.of(Firm.domain(folder, Firm.OPEN)), new Identity("ann", "scorebook", "16.4"));
    return Probe.all().stream()
        .map(probe ->
            DynamicTest.dynamicTest(
                probe.tool() + ": " + probe.name(), () -> check(catalog, probe)))
        .onClose(catalog::close);
  }

  private static void check(SystemCatalog catalog, Probe probe) {
    String sql = probe.sql().replace("{firm}", oid(catalog, "firm", "regnamespace"));
    for (String name : NAMES) {
      sql = sql.replace("{" + name + "}", oid(catalog, "firm." + name, "regclass"));
    }
    String asked = sql;
    assertThat(catalog.concerns(asked)).isTrue();
    switch (probe.expected()) {
      case ROWS -> assertThat(told(catalog, asked)).isEqualTo(probe.text());
      case CONTAINS -> assertThat(told(catalog, asked)).contains(probe.text());
      case REFUSED ->
          assertThatThrownBy(() -> told(catalog, asked))
              .isInstanceOf(CatalogException.class)
              .hasMessageContaining(probe.text());
    }
  }

  private static String told(SystemCatalog catalog, String sql) {
    return catalog.query(sql, List.of()).rows().toString();
  }

  private static String oid(SystemCatalog catalog, String name, String kind) {
    return String.valueOf(
        catalog
            .query("SELECT '%s'::%s::oid".formatted(name, kind), List.of())
            .rows()
            .getFirst()
            .getFirst());
  }
}
