package io.scorebook.engine.agreement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A statement as some tool writes it, and what has to come of it; read from the `.sql` files of
/// `tools/`.
///
/// A block is `--- what it is`, the statement, and one of
///
/// | written | meaning |
/// |---|---|
/// | `--- rows` and a statement | these rows, in any order, from the raw files |
/// | `--- rows in order` and a statement | these rows |
/// | `--- as many rows` and a number | so many, whichever |
/// | `--- no rows`, `--- no rows of` and names | none, nothing read; and these columns |
/// | `--- refused` and a message | refused so |
record ToolSql(String tool, String name, String sql, Expected expected, String text) {
  static final List<String> TOOLS = List.of("tableau", "powerbi", "superset", "metabase", "others");

  private static final String MARK = "--- ";

  enum Expected {
    ROWS("rows"),
    ROWS_IN_ORDER("rows in order"),
    AS_MANY_ROWS("as many rows"),
    NO_ROWS("no rows"),
    NO_ROWS_OF("no rows of"),
    REFUSED("refused");

    private final String written;

    Expected(String written) {
      this.written = written;
    }
  }

  static List<ToolSql> all() {
    return TOOLS.stream().flatMap(tool -> read(tool).stream()).toList();
  }

  private static List<ToolSql> read(String tool) {
    List<ToolSql> found = new ArrayList<>();
    String name = "";
    StringBuilder sql = new StringBuilder();
    Expected expected = null;
    StringBuilder text = new StringBuilder();
    for (String line : (text(tool) + "\n" + MARK + "end").lines().toList()) {
      Expected kind = line.startsWith(MARK) ? expected(line.substring(MARK.length())) : null;
      if (kind != null) {
        expected = kind;
      } else if (line.startsWith(MARK)) {
        if (expected != null) {
          found.add(
              new ToolSql(tool, name, sql.toString().strip(), expected, text.toString().strip()));
        }
        name = line.substring(MARK.length());
        sql.setLength(0);
        text.setLength(0);
        expected = null;
      } else {
        (expected == null ? sql : text).append(line).append('\n');
      }
    }
    return found;
  }

  private static @org.jspecify.annotations.Nullable Expected expected(String written) {
    for (Expected expected : Expected.values()) {
      if (expected.written.equals(written)) {
        return expected;
      }
    }
    return null;
  }

  private static String text(String tool) {
    try (InputStream file = ToolSql.class.getResourceAsStream("tools/" + tool + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("Cannot find the file of " + tool);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
