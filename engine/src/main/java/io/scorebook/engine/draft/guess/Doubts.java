package io.scorebook.engine.draft.guess;

import io.scorebook.engine.draft.guess.RoleGuess.Role;
import io.scorebook.engine.draft.profile.Workbench;
import java.util.List;

/// What a person should look at before believing a draft.
final class Doubts {
  private final Workbench workbench;
  private final List<String> doubts;

  /// @param doubts filled in the order of telling
  Doubts(Workbench workbench, List<String> doubts) {
    this.workbench = workbench;
    this.doubts = doubts;
  }

  /// Tells what is doubtful about a table.
  void tell(DraftTable table) {
    if (table.profile().malformed() > 0) {
      doubts.add(
          "%s: %,d rows cannot be taken apart, the first in %s: a load rejects them"
              .formatted(
                  table.name(),
                  table.profile().malformed(),
                  table.profile().firstMalformed().map(Object::toString).orElse("")));
    }
    long repeated = table.profile().rows() - table.profile().distinctRows();
    if (repeated > 0) {
      doubts.add(
          "%s: %,d rows repeat another one wholly: a load counts each once"
              .formatted(table.name(), repeated));
    }
    table.key().doubt().ifPresent(doubt -> doubts.add(table.name() + ": " + doubt));
    table
        .unusable()
        .forEach(column ->
            doubts.add(
                "%s: the column '%s' is left out: %s"
                    .formatted(table.name(), column.column(), column.why())));
    for (DraftColumn column : table.columns()) {
      String name = table.name() + "." + column.name();
      column.type().doubt().ifPresent(doubt -> doubts.add(name + " " + doubt));
      table.role(column).doubt().ifPresent(doubt -> doubts.add(name + " " + doubt));
    }
    table
        .label()
        .filter(label -> !label.unique())
        .ifPresent(label ->
            doubts.add(
                "%s.%s has %s: a load makes the later ones distinct, as NAME (%s)"
                    .formatted(
                        table.name(),
                        label.column().name(),
                        label.why(),
                        table.key().columns().getFirst().name())));
    tellSharedNames(table);
  }

  /// A name beside its identifier, in a table of other things: who groups by the name alone may add
  /// up two.
  private void tellSharedNames(DraftTable table) {
    for (DraftColumn name : table.columns()) {
      if (!name.name().endsWith("_name") || table.role(name).role() != Role.DIMENSION) {
        continue;
      }
      String id = name.name().substring(0, name.name().length() - "name".length()) + "id";
      table.columns().stream()
          .filter(column -> column.name().equals(id))
          .filter(column -> table.key().single().filter(column::equals).isEmpty())
          .findFirst()
          .ifPresent(column -> {
            long pairs =
                workbench.distinct(
                    table.profile().number(), List.of(column.position(), name.position()));
            if (name.profile().distinct() < pairs) {
              doubts.add(
                  "%s.%s has %,d names for %,d values of %s: group by %s as well where a name is shared"
                      .formatted(
                          table.name(),
                          name.name(),
                          name.profile().distinct(),
                          column.profile().distinct(),
                          id,
                          id));
            }
          });
    }
  }
}
