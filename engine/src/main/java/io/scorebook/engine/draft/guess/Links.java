package io.scorebook.engine.draft.guess;

import io.scorebook.engine.draft.profile.Workbench;
import io.scorebook.engine.draft.profile.Workbench.Inclusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds which columns lead to which tables: by their names first, and then by whether their values
/// are there. Links never lead in a circle.
final class Links {
  private static final int PER_CENT = 100;
  private static final int NEARLY_ALL = 95;
  private static final int ENOUGH = 20;

  /// A table under the draft, before the roles of its columns are known.
  record Keyed(String name, int number, List<DraftColumn> columns, KeyGuess key) {}

  private final Workbench workbench;
  private final List<Keyed> tables;
  private final List<Link> found = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  Links(Workbench workbench, List<Keyed> tables) {
    this.workbench = workbench;
    this.tables = tables;
  }

  /// Links that were not drawn, although a name speaks for them.
  List<String> doubts() {
    return doubts;
  }

  /// Columns that hold the same as another one of their table, which is linked.
  List<Link> find() {
    for (Keyed from : tables) {
      for (DraftColumn column : from.columns()) {
        single(from, column);
      }
    }
    for (Keyed from : tables) {
      tables.forEach(to -> several(from, to));
    }
    return found;
  }

  private record Candidate(Keyed to, DraftColumn key, String role, int strength) {}

  private void single(Keyed from, DraftColumn column) {
    List<Candidate> candidates =
        tables.stream()
            .filter(to -> to != from)
            .flatMap(to -> candidate(from, column, to).stream())
            .sorted(Comparator.comparing(Candidate::strength).reversed())
            .toList();
    for (Candidate candidate : candidates) {
      if (leads(candidate.to.name(), from.name())) {
        continue;
      }
      Inclusion values =
          workbench.included(
              from.number(),
              List.of(column.position()),
              candidate.to.number(),
              List.of(candidate.key.position()));
      if (values.values() == 0) {
        continue;
      }
      if (draw(from, candidate, column, values)) {
        return;
      }
      doubts.add(
          "%s.%s is called like the key of %s, but %s of its %,d values are there: no relationship was drafted"
              .formatted(
                  from.name(),
                  column.name(),
                  candidate.to.name(),
                  values.found() == 0 ? "none" : "only %,d".formatted(values.found()),
                  values.values()));
    }
  }

  private static Optional<Candidate> candidate(Keyed from, DraftColumn column, Keyed to) {
    Optional<DraftColumn> key = to.key().single();
    if (key.isEmpty() || !key.get().type().type().equals(column.type().type())) {
      return Optional.empty();
    }
    boolean whole = from.key().single().filter(column::equals).isPresent();
    if (whole && Words.isOwnIdentifier(column.name(), from.name())) {
      return Optional.empty(); // a table's own identifier is not that of another
    }
    return likeness(column.name(), to.name(), key.get().name())
        .map(match -> new Candidate(to, key.get(), match.role, match.strength));
  }

  private record Match(String role, int strength) {}

  /// How the name of a column is like that of a key: `home_team_id` like `team_id` of teams, or
  /// `customer` like `id` of customers.
  private static Optional<Match> likeness(String column, String table, String key) {
    List<String> words = Words.of(column);
    String one = Words.ofOneRow(table);
    String lastOfOne = Words.of(one).getLast();
    boolean bare = Words.isOwnIdentifier(key, "") || key.equals(one) || key.equals(table);
    List<String> forms = new ArrayList<>();
    if (bare) {
      forms.add(one + "_" + key);
      forms.add(table + "_" + key);
      forms.add(one + "_id");
      forms.add(one + "_key");
      forms.add(one + "_code");
      if (key.equals(one) || key.equals(table)) {
        forms.add(key);
      }
      forms.add(lastOfOne + "_" + key);
    } else {
      forms.add(one + "_" + key);
      forms.add(key);
    }
    for (int i = 0; i < forms.size(); i++) {
      List<String> form = Words.of(forms.get(i));
      int at = Words.find(form, words);
      if (at >= 0) {
        var rest = new ArrayList<>(words.subList(0, at));
        rest.addAll(words.subList(at + form.size(), words.size()));
        boolean own = key.startsWith(one) || bare;
        return Optional.of(
            new Match(String.join("_", rest), 100 - rest.size() * 10 - i + (own ? 5 : 0)));
      }
    }
    boolean bareName = bare && (column.equals(one) || column.endsWith("_" + one));
    return bareName
        ? Optional.of(
            new Match(
                column.equals(one) ? "" : column.substring(0, column.length() - one.length() - 1),
                50))
        : Optional.empty();
  }

  private boolean draw(Keyed from, Candidate candidate, DraftColumn column, Inclusion values) {
    boolean all = values.found() == values.values();
    boolean nearly =
        values.values() >= ENOUGH && values.found() * PER_CENT >= values.values() * NEARLY_ALL;
    if (!all && !nearly) {
      return false;
    }
    String key = candidate.to.name() + "." + candidate.key.name();
    String why =
        "%,d of the %,d different values of %s.%s are in %s; the names are alike"
            .formatted(values.found(), values.values(), from.name(), column.name(), key);
    found.add(
        new Link(
            from.name(),
            candidate.to.name(),
            List.of(column.name()),
            List.of(candidate.key.name()),
            role(from.name(), candidate.to.name(), candidate.role),
            all,
            why,
            all
                ? Optional.empty()
                : Optional.of(
                    "%s.%s has %,d values that are not in %s: the contract does not promise the reference, and rows with them have no %s"
                        .formatted(
                            from.name(),
                            column.name(),
                            values.values() - values.found(),
                            key,
                            Words.ofOneRow(candidate.to.name())))));
    return true;
  }

  /// The role, with a number where another link between the two has it.
  private String role(String from, String to, String role) {
    Set<String> taken = new HashSet<>();
    found.stream()
        .filter(link -> link.from().equals(from) && link.to().equals(to))
        .forEach(link -> taken.add(link.role()));
    return taken.contains(role) ? Names.unique(role.isEmpty() ? "other" : role, taken) : role;
  }

  /// A key of several columns, all of which the other table has under the same names.
  private void several(Keyed from, Keyed to) {
    if (from == to || to.key().columns().size() < 2 || leads(to.name(), from.name())) {
      return;
    }
    var columns = new ArrayList<DraftColumn>();
    for (DraftColumn key : to.key().columns()) {
      from.columns().stream()
          .filter(c -> c.name().equals(key.name()) && c.type().type().equals(key.type().type()))
          .findFirst()
          .ifPresent(columns::add);
    }
    if (columns.size() != to.key().columns().size()) {
      return;
    }
    List<Integer> keys = to.key().columns().stream().map(DraftColumn::position).toList();
    Inclusion values =
        workbench.included(
            from.number(), columns.stream().map(DraftColumn::position).toList(), to.number(), keys);
    if (values.values() == 0 || values.found() < values.values()) {
      return;
    }
    List<String> names = columns.stream().map(DraftColumn::name).toList();
    found.add(
        new Link(
            from.name(),
            to.name(),
            names,
            names,
            role(from.name(), to.name(), ""),
            true,
            "all of the %,d different values of (%s) in %s are in %s; the names are the same"
                .formatted(values.values(), String.join(", ", names), from.name(), to.name()),
            Optional.empty()));
  }

  /// Whether links lead from one table to the other.
  private boolean leads(String from, String to) {
    return found.stream()
        .filter(link -> link.from().equals(from))
        .anyMatch(link -> link.to().equals(to) || leads(link.to(), to));
  }
}
