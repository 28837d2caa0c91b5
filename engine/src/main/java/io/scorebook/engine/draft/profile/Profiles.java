package io.scorebook.engine.draft.profile;

import io.scorebook.catalog.load.RawRows;
import io.scorebook.catalog.load.RawValue;
import io.scorebook.catalog.load.UnreadableSource;
import io.scorebook.engine.draft.profile.ColumnProfile.Example;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Reads all files once, row by row, and says what they hold.
public final class Profiles {
  private final Workbench workbench;

  public Profiles(Workbench workbench) {
    this.workbench = workbench;
  }

  /// Profiles each table; its rows are in the workbench then.
  ///
  /// @param problems filled with why some of the files cannot be used
  /// @param progress told what was read, in words
  public List<TableProfile> read(
      List<TableFiles> tables, List<String> problems, Consumer<String> progress) {
    var profiles = new ArrayList<TableProfile>();
    for (TableFiles table : tables) {
      try {
        TableProfile profile = new Reading(table, profiles.size()).read();
        progress.accept("read %s: %,d rows".formatted(profile.fileNames(), profile.rows()));
        if (profile.rows() == 0) {
          problems.add(
              "Cannot draft the table '%s': %s"
                  .formatted(
                      table.name(),
                      profile
                          .firstMalformed()
                          .map(
                              row -> "no row can be taken apart; " + row.place() + " " + row.text())
                          .orElse(profile.fileNames() + " has no rows")));
        }
        profiles.add(profile);
      } catch (UnreadableSource e) {
        problems.add(e.getMessage());
      }
    }
    return profiles;
  }

  private final class Reading {
    private final TableFiles table;
    private final int number;
    private final Map<String, ColumnTally> tallies = new LinkedHashMap<>();
    private long rows;
    private long malformed;
    private @Nullable Example firstMalformed;

    Reading(TableFiles table, int number) {
      this.table = table;
      this.number = number;
      for (SourceFile file : table.files()) {
        for (String column : file.columns()) {
          tallies
              .computeIfAbsent(key(column), _ -> new ColumnTally(column, tallies.size()))
              .seenInFile();
        }
      }
    }

    private static String key(String column) {
      return column.strip().toLowerCase(Locale.ROOT);
    }

    TableProfile read() {
      List<ColumnTally> columns = List.copyOf(tallies.values());
      try (DuckDBAppender appender = workbench.create(number, columns.size())) {
        for (SourceFile file : table.files()) {
          read(file, columns, appender);
        }
      } catch (SQLException e) {
        throw Workbench.failure(e);
      }
      var all = new ArrayList<Integer>();
      var profiles = new ArrayList<ColumnProfile>();
      for (int i = 0; i < columns.size(); i++) {
        all.add(i);
        long distinct = rows == 0 ? 0 : workbench.distinct(number, List.of(i));
        profiles.add(columns.get(i).profile(rows, table.files().size(), distinct));
      }
      long distinctRows = all.isEmpty() ? 0 : workbench.distinct(number, all);
      return new TableProfile(
          table,
          number,
          profiles,
          rows,
          distinctRows,
          malformed,
          Optional.ofNullable(firstMalformed));
    }

    private void read(SourceFile file, List<ColumnTally> columns, DuckDBAppender appender)
        throws SQLException {
      var source = new int[columns.size()];
      Arrays.fill(source, -1);
      for (int i = 0; i < file.columns().size(); i++) {
        source[columns.indexOf(tallies.get(key(file.columns().get(i))))] = i;
      }
      try (RawRows reader = RawRows.open(file.path(), file.format())) {
        while (reader.next()) {
          String reason = reader.malformed();
          String name = file.name();
          if (reason != null) {
            if (malformed++ == 0) {
              firstMalformed = new Example(name + ":" + reader.line(), reason);
            }
            continue;
          }
          rows++;
          appender.beginRow();
          appender.append(name + ":" + reader.line());
          for (int i = 0; i < source.length; i++) {
            if (source[i] < 0) {
              appender.appendNull();
              continue;
            }
            RawValue value = reader.value(source[i]);
            columns.get(i).add(value, () -> name + ":" + reader.line());
            String text = value.text();
            if (text == null) {
              appender.appendNull();
            } else {
              appender.append(text);
            }
          }
          appender.endRow();
        }
      }
    }
  }
}
