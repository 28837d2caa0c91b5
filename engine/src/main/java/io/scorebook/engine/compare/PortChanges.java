package io.scorebook.engine.compare;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.compare.PortContent.Column;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.compare.Level;
import io.scorebook.semantic.compare.Matched;
import io.scorebook.semantic.compare.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The output ports of two versions of a product: what a row is, which rows there are, and the
/// columns.
final class PortChanges {
  private final DomainVersion before;
  private final DomainVersion after;
  private final Product old;
  private final Product now;

  PortChanges(DomainVersion before, DomainVersion after, Product old, Product now) {
    this.before = before;
    this.after = after;
    this.old = old;
    this.now = now;
  }

  boolean holdTheSame(Port was, Port is) {
    return PortContent.of(before, old, was).equals(PortContent.of(after, now, is));
  }

  List<Change> compare(Port was, Port is) {
    PortContent from = PortContent.of(before, old, was);
    PortContent to = PortContent.of(after, now, is);
    String name = now.schema() + "." + is.name();
    var changes = new ArrayList<Change>();
    if (!from.grain().equals(to.grain())) {
      changes.add(
          Change.of(
              Level.MAJOR,
              Kind.PORT,
              name,
              What.GRAIN,
              "a row is something else",
              from.rowIs(),
              to.rowIs(),
              is.location()));
    }
    if (!from.rows().equals(to.rows())) {
      changes.add(
          Change.of(
              Level.MAJOR,
              Kind.PORT,
              name,
              What.FORMULA,
              "it holds other rows",
              from.filters(),
              to.filters(),
              is.location()));
    }
    columns(from, to, name, is, changes);
    if (was.deprecated() != is.deprecated()) {
      changes.add(
          Change.of(
              Level.PATCH,
              Kind.PORT,
              name,
              What.STATUS,
              is.deprecated() ? "it is deprecated now" : "it is no longer deprecated",
              "",
              "",
              is.location()));
    }
    changes.addAll(Words.changes(Kind.PORT, name, words(was), words(is), is.location()));
    return changes;
  }

  private static void columns(
      PortContent from, PortContent to, String port, Port at, List<Change> changes) {
    Matched<Column> matched =
        Matched.of(
            from.columns(),
            to.columns(),
            Column::name,
            (one, other) ->
                one.meaning().equals(other.meaning()) && one.type().equals(other.type()));
    for (Column column : matched.removed()) {
      changes.add(
          Change.removed(Kind.COLUMN, port + "." + column.name(), column.type(), at.location()));
    }
    for (Column column : matched.added()) {
      changes.add(
          Change.added(Kind.COLUMN, port + "." + column.name(), column.type(), at.location()));
    }
    for (var pair : matched.renamed()) {
      changes.add(
          Change.renamed(
              Kind.COLUMN,
              port + "." + pair.before().name(),
              port + "." + pair.after().name(),
              at.location()));
    }
    for (var pair : matched.same()) {
      column(pair.before(), pair.after(), port, at).ifPresent(changes::add);
    }
    List<String> was = matched.same().stream().map(pair -> pair.before().name()).toList();
    List<String> is =
        to.columns().stream().map(Column::name).filter(name -> contains(was, name)).toList();
    if (!String.join(",", was).equalsIgnoreCase(String.join(",", is))) {
      changes.add(
          Change.of(
              Level.MINOR,
              Kind.PORT,
              port,
              What.WORDS,
              "its columns come in another order",
              String.join(", ", was),
              String.join(", ", is),
              at.location()));
    }
  }

  private static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static Optional<Change> column(Column was, Column is, String port, Port at) {
    String name = port + "." + is.name();
    if (!was.type().equals(is.type())) {
      return Optional.of(
          Change.of(
              Level.MAJOR,
              Kind.COLUMN,
              name,
              What.RETYPED,
              "its type changed",
              was.type(),
              is.type(),
              at.location()));
    }
    if (!was.meaning().equals(is.meaning())) {
      return Optional.of(
          new Change(
              Level.MAJOR,
              Kind.COLUMN,
              name,
              What.FORMULA,
              "column '%s': the %s has another formula".formatted(name, is.of()),
              Optional.empty(),
              Optional.empty(),
              List.of(is.of()),
              at.location()));
    }
    return Optional.empty();
  }

  private static Map<String, String> words(Port port) {
    return Map.of("description", port.description().orElse(""), "contract id", port.contractId());
  }
}
