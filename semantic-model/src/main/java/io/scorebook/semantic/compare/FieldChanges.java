package io.scorebook.semantic.compare;

import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a dataset.
final class FieldChanges {
  private FieldChanges() {}

  static List<Change> of(ModelVersion before, Dataset was, ModelVersion after, Dataset is) {
    var changes = new ArrayList<Change>();
    Matched<Field> matched =
        Matched.of(
            was.fields(),
            is.fields(),
            Field::name,
            (old, now) ->
                before.meanings().field(was, old).equals(after.meanings().field(is, now))
                    && old.isDimension() == now.isDimension());
    for (Field old : matched.removed()) {
      changes.add(
          Change.removed(Kind.FIELD, name(was, old), old.expression().strip(), old.location()));
    }
    for (Field now : matched.added()) {
      changes.add(
          Change.added(Kind.FIELD, name(is, now), now.expression().strip(), now.location()));
    }
    for (var pair : matched.renamed()) {
      changes.add(
          Change.renamed(
              Kind.FIELD,
              name(was, pair.before()),
              name(is, pair.after()),
              pair.after().location()));
    }
    for (var pair : matched.same()) {
      Field old = pair.before();
      Field now = pair.after();
      String name = name(is, now);
      if (!before.meanings().field(was, old).equals(after.meanings().field(is, now))) {
        changes.add(
            Change.of(
                Level.MAJOR,
                Kind.FIELD,
                name,
                What.FORMULA,
                "its expression changed",
                old.expression().strip(),
                now.expression().strip(),
                now.location()));
      }
      Types.change(Kind.FIELD, name, before.type(was, old), after.type(is, now), now.location())
          .ifPresent(changes::add);
      use(old, now, name).ifPresent(changes::add);
      changes.addAll(Words.changes(Kind.FIELD, name, words(old), words(now), now.location()));
    }
    return changes;
  }

  /// What a field may be used for.
  private static Optional<Change> use(Field old, Field now, String name) {
    if (old.isDimension() == now.isDimension() && old.isTime() == now.isTime()) {
      return Optional.empty();
    }
    boolean isLess = old.isDimension() && !now.isDimension() || old.isTime() && !now.isTime();
    return Optional.of(
        Change.of(
            isLess ? Level.MAJOR : Level.MINOR,
            Kind.FIELD,
            name,
            What.REACH,
            isLess ? "it can be used for less" : "it can be used for more",
            use(old),
            use(now),
            now.location()));
  }

  private static String use(Field field) {
    return field.isTime()
        ? "a time dimension"
        : field.isDimension() ? "a dimension" : "for metrics only";
  }

  private static String name(Dataset dataset, Field field) {
    return dataset.name() + "." + field.name();
  }

  private static Map<String, String> words(Field field) {
    return Map.of(
        "description", field.description().orElse(""),
        "label", field.label().orElse(""),
        "synonyms", String.join(", ", field.synonyms()));
  }
}
