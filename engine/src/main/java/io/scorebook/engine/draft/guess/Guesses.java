package io.scorebook.engine.draft.guess;

import io.scorebook.catalog.load.RawValue.Kind;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.guess.DraftTable.Label;
import io.scorebook.engine.draft.guess.DraftTable.Nameless;
import io.scorebook.engine.draft.guess.Links.Keyed;
import io.scorebook.engine.draft.profile.ColumnProfile;
import io.scorebook.engine.draft.profile.TableProfile;
import io.scorebook.engine.draft.profile.Workbench;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All guesses about a set of tables.
///
/// @param doubts what a person should look at, most of it with its place
public record Guesses(List<DraftTable> tables, List<Link> links, List<String> doubts) {
  public Guesses {
    tables = List.copyOf(tables);
    links = List.copyOf(links);
    doubts = List.copyOf(doubts);
  }

  /// Guesses about profiled tables, whose rows are in the workbench.
  ///
  /// @param problems filled with why there can be no draft
  public static Guesses of(
      Workbench workbench, List<TableProfile> profiles, List<String> problems) {
    return new Guessing(workbench, profiles, problems).guess();
  }

  public DraftTable table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  /// The links that begin at a table.
  public List<Link> from(DraftTable table) {
    return links.stream().filter(link -> link.from().equals(table.name())).toList();
  }

  private static final class Guessing {
    private static final int PER_CENT = 100;
    private static final int NEARLY_UNIQUE = 90;

    private final Workbench workbench;
    private final List<TableProfile> profiles;
    private final List<String> problems;
    private final List<String> names = new ArrayList<>();
    private final Map<String, List<Nameless>> unusable = new HashMap<>();
    private final List<String> doubts = new ArrayList<>();
    private final Map<List<String>, String> equals = new HashMap<>();

    Guessing(Workbench workbench, List<TableProfile> profiles, List<String> problems) {
      this.workbench = workbench;
      this.profiles = profiles;
      this.problems = problems;
      Set<String> taken = new HashSet<>();
      for (TableProfile profile : profiles) {
        String name = Names.ofTable(profile.table().name(), "table_" + (profile.number() + 1));
        names.add(Names.unique(name, taken));
      }
    }

    Guesses guess() {
      List<Keyed> keyed = new ArrayList<>();
      for (int i = 0; i < profiles.size(); i++) {
        String name = names.get(i);
        TableProfile profile = profiles.get(i);
        List<DraftColumn> columns = columns(profile, name);
        Optional<KeyGuess> key =
            KeyGuess.find(workbench, profile, name, columns, column -> isOfOther(column, name));
        key.ifPresent(found -> keyed.add(new Keyed(name, profile.number(), columns, found)));
        if (key.isEmpty()) {
          problems.add(withoutKey(profile, columns));
        }
      }
      if (!problems.isEmpty()) {
        return new Guesses(List.of(), List.of(), List.of());
      }
      var links = new Links(workbench, keyed);
      List<Link> found = withoutEquals(links.find(), keyed);
      List<DraftTable> tables =
          keyed.stream()
              .map(table -> table(table, profiles.get(table.number()), found, keyed))
              .toList();
      var told = new Doubts(workbench, doubts);
      tables.forEach(told::tell);
      found.forEach(link -> link.doubt().ifPresent(doubts::add));
      doubts.addAll(links.doubts());
      return new Guesses(tables, found, doubts);
    }

    private boolean isOfOther(String column, String own) {
      return names.stream()
          .filter(name -> !name.equals(own))
          .anyMatch(name ->
              Words.isOwnIdentifier(column, name) && Words.of(column).size() > 1
                  || column.equals(Words.ofOneRow(name)));
    }

    private List<DraftColumn> columns(TableProfile profile, String name) {
      List<ColumnProfile> usable = new ArrayList<>();
      List<Nameless> nested = new ArrayList<>();
      for (ColumnProfile column : profile.columns()) {
        if (column.count(Kind.NESTED) > 0) {
          nested.add(
              new Nameless(
                  column.name(),
                  "%,d of its values are lists, records or bytes, the first in %s"
                      .formatted(column.count(Kind.NESTED), place(column))));
        } else {
          usable.add(column);
        }
      }
      unusable.put(name, nested);
      List<String> plain = Names.ofColumns(usable.stream().map(ColumnProfile::name).toList(), name);
      var columns = new ArrayList<DraftColumn>();
      for (int i = 0; i < usable.size(); i++) {
        TypeGuess type = TypeGuess.of(usable.get(i), plain.get(i));
        columns.add(
            new DraftColumn(
                usable.get(i),
                plain.get(i),
                type,
                PiiGuess.of(workbench, profile, usable.get(i), plain.get(i), type)));
      }
      return columns;
    }

    private static String place(ColumnProfile column) {
      var first = column.first().get(Kind.NESTED);
      return first == null ? "" : first.place();
    }

    private String withoutKey(TableProfile profile, List<DraftColumn> columns) {
      List<Integer> able =
          columns.stream().filter(DraftColumn::canBePartOfKey).map(DraftColumn::position).toList();
      List<String> alike = able.isEmpty() ? List.of() : workbench.conflict(profile.number(), able);
      return "Cannot find a key for the table of %s: no columns that are filled in every row tell its rows apart%s; add a column that numbers the rows"
          .formatted(
              profile.fileNames(),
              alike.isEmpty() ? "" : ", as those in " + String.join(" and ", alike));
    }

    /// Of two columns that hold the same in every row, the first is the link.
    private List<Link> withoutEquals(List<Link> links, List<Keyed> keyed) {
      var kept = new ArrayList<Link>();
      for (Link link : links) {
        Keyed from =
            keyed.stream().filter(t -> t.name().equals(link.from())).findFirst().orElseThrow();
        Optional<Link> equal =
            kept.stream()
                .filter(other -> other.from().equals(link.from()) && other.to().equals(link.to()))
                .filter(other -> other.fromColumns().size() == 1 && link.fromColumns().size() == 1)
                .filter(other ->
                    workbench.equal(from.number(), position(from, other), position(from, link))
                        == profiles.get(from.number()).rows())
                .findFirst();
        if (equal.isEmpty()) {
          kept.add(link);
        } else {
          String column = link.fromColumns().getFirst();
          String other = equal.get().fromColumns().getFirst();
          equals.put(List.of(link.from(), column), other);
          doubts.add(
              "%s.%s holds the same as %s in every row and is left out of the model"
                  .formatted(link.from(), column, other));
        }
      }
      return kept;
    }

    private static int position(Keyed table, Link link) {
      return table.columns().stream()
          .filter(column -> column.name().equals(link.fromColumns().getFirst()))
          .findFirst()
          .orElseThrow()
          .position();
    }

    private DraftTable table(
        Keyed table, TableProfile profile, List<Link> links, List<Keyed> keyed) {
      Map<DraftColumn, RoleGuess> roles = new LinkedHashMap<>();
      for (DraftColumn column : table.columns()) {
        roles.put(column, role(table, column, links, keyed));
      }
      return new DraftTable(
          profile,
          table.name(),
          table.columns(),
          unusable.getOrDefault(table.name(), List.of()),
          table.key(),
          roles,
          label(table, profile));
    }

    private RoleGuess role(Keyed table, DraftColumn column, List<Link> links, List<Keyed> keyed) {
      if (table.key().has(column)) {
        return RoleGuess.identifier("not summed: it is of the key");
      }
      String equal = equals.get(List.of(table.name(), column.name()));
      if (equal != null) {
        return RoleGuess.leftOut("it holds the same as %s in every row".formatted(equal));
      }
      for (Link link : links) {
        if (!link.from().equals(table.name())) {
          continue;
        }
        if (link.fromColumns().contains(column.name())) {
          return RoleGuess.identifier("not summed: it leads to " + link.to());
        }
      }
      for (Link link : links) {
        Optional<String> copied =
            link.from().equals(table.name()) ? copied(column, link, keyed) : Optional.empty();
        if (copied.isPresent()) {
          return RoleGuess.leftOut(
              "it repeats %s.%s, which is seen through %s"
                  .formatted(link.to(), copied.get(), link.name()));
        }
      }
      return RoleGuess.of(column);
    }

    /// The column of the table that is linked which this one repeats, as `team_city` the `city` of
    /// teams.
    private static Optional<String> copied(DraftColumn column, Link link, List<Keyed> keyed) {
      if (column.type().type() != Simple.STRING || !link.role().isEmpty()) {
        return Optional.empty();
      }
      Keyed to = keyed.stream().filter(t -> t.name().equals(link.to())).findFirst().orElseThrow();
      String prefix = Words.ofOneRow(to.name()) + "_";
      return to.columns().stream()
          .filter(other -> other.type().type() == Simple.STRING)
          .map(DraftColumn::name)
          .filter(other ->
              other.equals(column.name()) && other.startsWith(prefix)
                  || (prefix + other).equals(column.name()))
          .findFirst();
    }

    /// The name of rows that others refer to: who groups by it must never add up two of them.
    private static Optional<Label> label(Keyed table, TableProfile profile) {
      if (table.key().single().isEmpty()) {
        return Optional.empty();
      }
      return table.columns().stream()
          .filter(column -> column.type().type() == Simple.STRING && column.isFull())
          .filter(column -> !table.key().has(column))
          .filter(column -> Words.isName(column.name(), table.name()))
          .filter(column ->
              column.profile().distinct() * PER_CENT >= profile.distinctRows() * NEARLY_UNIQUE)
          .findFirst()
          .map(column -> {
            boolean unique = column.profile().distinct() == profile.distinctRows();
            return new Label(
                column,
                unique,
                "%,d different names in %,d different rows"
                    .formatted(column.profile().distinct(), profile.distinctRows()));
          });
    }
  }
}
