package io.scorebook.engine.draft.guess;

import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.profile.TableProfile;
import io.scorebook.engine.draft.profile.Workbench;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The key of a table, and what speaks for it.
///
/// @param conflicts rows that differ from another of the same key, which a load rejects
public record KeyGuess(
    List<DraftColumn> columns, long conflicts, String why, Optional<String> doubt) {
  public KeyGuess {
    columns = List.copyOf(columns);
  }

  public boolean has(DraftColumn column) {
    return columns.contains(column);
  }

  /// The key of one column.
  public Optional<DraftColumn> single() {
    return columns.size() == 1 ? Optional.of(columns.getFirst()) : Optional.empty();
  }

  /// Looks for the key of a table.
  ///
  /// @param others whether a name is that of another table's rows
  static Optional<KeyGuess> find(
      Workbench workbench,
      TableProfile table,
      String name,
      List<DraftColumn> columns,
      Predicate<String> others) {
    return new Search(workbench, table, name, columns, others).find();
  }

  private static final class Search {
    private static final int WIDE = 3;
    private static final int MOST = 8;
    private static final int PER_CENT = 100;
    private static final int ENOUGH = 50;

    private final Workbench workbench;
    private final TableProfile table;
    private final String name;
    private final List<DraftColumn> able;
    private final Predicate<String> others;
    private final Map<List<DraftColumn>, Long> known = new HashMap<>();

    Search(
        Workbench workbench,
        TableProfile table,
        String name,
        List<DraftColumn> columns,
        Predicate<String> others) {
      this.workbench = workbench;
      this.table = table;
      this.name = name;
      this.able = columns.stream().filter(DraftColumn::canBeKey).toList();
      this.others = others;
    }

    Optional<KeyGuess> find() {
      List<DraftColumn> identifiers =
          able.stream()
              .filter(column -> Words.isIdentifier(column.name()) || isOwn(column))
              .sorted(Comparator.comparing((DraftColumn c) -> isOwn(c) ? 0 : 1))
              .toList();
      List<DraftColumn> own =
          identifiers.stream().filter(c -> isOwn(c) || !others.test(c.name())).toList();
      List<DraftColumn> parts = new ArrayList<>(identifiers);
      able.stream()
          .filter(c -> !parts.contains(c) && (c.type().isTime() || isPart(c)))
          .forEach(parts::add);
      List<List<DraftColumn>> several =
          combinations(parts.subList(0, Math.min(MOST, parts.size())));
      return exact(singles(own))
          .or(() -> identifiers.isEmpty() ? exact(singles(days())) : Optional.empty())
          .or(() -> exact(several))
          .or(() -> near(singles(own)))
          .or(() -> near(several))
          .or(() -> exact(singles(identifiers)))
          .or(() -> exact(singles(texts())))
          .or(this::least)
          .or(() -> near(singles(identifiers)));
    }

    private boolean isOwn(DraftColumn column) {
      return Words.isOwnIdentifier(column.name(), name);
    }

    private static boolean isPart(DraftColumn column) {
      return column.type().type() == Simple.LONG
          && (Words.isCalendar(column.name())
              || Words.isLabel(column.name())
              || RoleGuess.areYears(column)
              || Words.of(column.name()).contains("line"));
    }

    private List<DraftColumn> days() {
      return able.stream().filter(column -> column.type().type() == Simple.DATE).toList();
    }

    private List<DraftColumn> texts() {
      return able.stream()
          .filter(column -> column.type().type() == Simple.STRING || column.type().isTime())
          .toList();
    }

    private static List<List<DraftColumn>> singles(List<DraftColumn> columns) {
      return columns.stream().map(List::of).toList();
    }

    private static List<List<DraftColumn>> combinations(List<DraftColumn> of) {
      var found = new ArrayList<List<DraftColumn>>();
      for (int size = 2; size <= WIDE; size++) {
        extend(of, size, 0, List.of(), found);
      }
      return found;
    }

    private static void extend(
        List<DraftColumn> of,
        int size,
        int from,
        List<DraftColumn> begun,
        List<List<DraftColumn>> found) {
      if (begun.size() == size) {
        found.add(begun);
        return;
      }
      for (int i = from; i < of.size(); i++) {
        var longer = new ArrayList<>(begun);
        longer.add(of.get(i));
        extend(of, size, i + 1, List.copyOf(longer), found);
      }
    }

    private long distinct(List<DraftColumn> columns) {
      if (columns.size() == 1) {
        return columns.getFirst().profile().distinct();
      }
      double most = 1;
      for (DraftColumn column : columns) {
        most *= column.profile().distinct();
      }
      return most < table.distinctRows() * 0.99
          ? 0
          : known.computeIfAbsent(
              columns,
              key ->
                  workbench.distinct(
                      table.number(), key.stream().map(DraftColumn::position).toList()));
    }

    private Optional<KeyGuess> exact(List<List<DraftColumn>> candidates) {
      return candidates.stream()
          .filter(candidate -> distinct(candidate) == table.distinctRows())
          .findFirst()
          .map(this::guess);
    }

    /// Unique but for a few rows, which then are mistakes; of those the one with the fewest.
    private Optional<KeyGuess> near(List<List<DraftColumn>> candidates) {
      return candidates.stream()
          .filter(candidate -> table.distinctRows() >= ENOUGH)
          .filter(candidate -> conflicts(candidate) * PER_CENT <= table.distinctRows())
          .min(Comparator.comparing(List<DraftColumn>::size).thenComparing(this::conflicts))
          .map(this::guess);
    }

    private long conflicts(List<DraftColumn> candidate) {
      return table.distinctRows() - distinct(candidate);
    }

    /// All columns that could be in a key, without those that are not needed.
    private Optional<KeyGuess> least() {
      List<DraftColumn> key =
          new ArrayList<>(able.stream().filter(DraftColumn::canBePartOfKey).toList());
      if (key.isEmpty() || distinct(List.copyOf(key)) != table.distinctRows()) {
        return Optional.empty();
      }
      for (DraftColumn column : List.copyOf(key).reversed()) {
        var without = new ArrayList<>(key);
        without.remove(column);
        if (!without.isEmpty() && distinct(List.copyOf(without)) == table.distinctRows()) {
          key = without;
        }
      }
      return Optional.of(guess(List.copyOf(key)));
    }

    private KeyGuess guess(List<DraftColumn> key) {
      long conflicts = conflicts(key);
      long rows = table.distinctRows();
      String names = key.stream().map(DraftColumn::name).collect(Collectors.joining(", "));
      String repeats =
          table.rows() == rows
              ? ""
              : "; %,d rows repeat another one".formatted(table.rows() - rows);
      String why =
          "(%s) is never empty and %s in %,d of %,d different rows%s"
              .formatted(
                  names,
                  key.size() == 1 ? "unique" : "unique together",
                  rows - conflicts,
                  rows,
                  repeats);
      return new KeyGuess(key, conflicts, why, doubt(key, conflicts, names));
    }

    private Optional<String> doubt(List<DraftColumn> key, long conflicts, String names) {
      if (conflicts > 0) {
        List<String> places =
            workbench.conflict(table.number(), key.stream().map(DraftColumn::position).toList());
        return Optional.of(
            "the key (%s) has %,d rows that differ from another of the same key, as %s: a load rejects them until they are mended"
                .formatted(names, conflicts, String.join(" and ", places)));
      }
      boolean named =
          key.stream()
              .allMatch(
                  c -> Words.isIdentifier(c.name()) || isOwn(c) || c.type().isTime() || isPart(c));
      return named
          ? Optional.empty()
          : Optional.of("the key (%s) is unique here, but not called so".formatted(names));
    }
  }
}
