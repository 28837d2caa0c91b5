package io.scorebook.engine.pgcatalog;

import java.util.ArrayList;
import java.util.List;

/// A statement on the catalog as some tool writes it, and what has to come of it; read from the
/// `.sql` files of `probes/`: blocks of `--- what it is`, the statement, and `--- rows`, `---
/// contains` or `--- refused` with a text. `{people}` stands for the number of that table.
record Probe(String tool, String name, String sql, Expected expected, String text) {
  private static final List<String> TOOLS =
      List.of(
          "tableau", "powerbi", "excel", "dbeaver", "datagrip", "metabase", "grafana", "others");

  private static final String MARK = "--- ";

  enum Expected {
    ROWS,
    CONTAINS,
    REFUSED
  }

  static List<Probe> all() {
    return TOOLS.stream().flatMap(tool -> read(tool).stream()).toList();
  }

  private static List<Probe> read(String tool) {
    var probes = new ArrayList<Probe>();
    String[] parts = ("\n" + Resources.text("probes/" + tool + ".sql")).split("\n" + MARK);
    for (int i = 1; i + 1 < parts.length; i += 2) {
      int named = parts[i].indexOf('\n');
      int told = parts[i + 1].indexOf('\n');
      probes.add(
          new Probe(
              tool,
              parts[i].substring(0, named),
              parts[i].substring(named + 1),
              Expected.valueOf(parts[i + 1].substring(0, told).toUpperCase(java.util.Locale.ROOT)),
              parts[i + 1].substring(told + 1).strip()));
    }
    return probes;
  }
}
