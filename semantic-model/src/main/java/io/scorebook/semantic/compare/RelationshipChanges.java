package io.scorebook.semantic.compare;

import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Relationships: which rows they bring together, and what they let through.
final class RelationshipChanges {
  private RelationshipChanges() {}

  static List<Change> of(ModelVersion before, ModelVersion after) {
    var changes = new ArrayList<Change>();
    Matched<Relationship> matched =
        Matched.of(
            before.model().relationships(),
            after.model().relationships(),
            Relationship::name,
            (old, now) ->
                before.meanings().relationship(old).equals(after.meanings().relationship(now))
                    && exposes(old).equals(exposes(now)));
    for (Relationship old : matched.removed()) {
      changes.add(Change.removed(Kind.RELATIONSHIP, old.name(), written(old), old.location()));
    }
    for (Relationship now : matched.added()) {
      changes.add(Change.added(Kind.RELATIONSHIP, now.name(), written(now), now.location()));
    }
    for (var pair : matched.renamed()) {
      changes.add(
          Change.renamed(
              Kind.RELATIONSHIP,
              pair.before().name(),
              pair.after().name(),
              pair.after().location()));
    }
    for (var pair : matched.same()) {
      Relationship old = pair.before();
      Relationship now = pair.after();
      boolean joinsTheSame =
          before.meanings().relationship(old).equals(after.meanings().relationship(now))
              || written(old).equalsIgnoreCase(written(now));
      if (!joinsTheSame) {
        changes.add(
            Change.of(
                Level.MAJOR,
                Kind.RELATIONSHIP,
                now.name(),
                What.FORMULA,
                "it joins other rows",
                written(old),
                written(now),
                now.location()));
      }
      if (!exposes(old).equals(exposes(now))) {
        changes.add(exposure(old, now));
      }
    }
    return changes;
  }

  private static Change exposure(Relationship old, Relationship now) {
    Optional<Map<String, String>> was = exposes(old);
    Optional<Map<String, String>> is = exposes(now);
    // Without a list all names are exposed, as they are called there.
    boolean keepsAll =
        is.map(names -> was.isPresent() && names.entrySet().containsAll(was.get().entrySet()))
            .orElseGet(() ->
                was.orElse(Map.of()).entrySet().stream()
                    .allMatch(name -> name.getKey().equals(name.getValue())));
    return Change.of(
        keepsAll ? Level.MINOR : Level.MAJOR,
        Kind.RELATIONSHIP,
        now.name(),
        What.REACH,
        keepsAll ? "it exposes more dimensions" : "it exposes other dimensions",
        was.map(Object::toString).orElse("all"),
        is.map(Object::toString).orElse("all"),
        now.location());
  }

  /// Names seen to names there, in lower case; empty where all are exposed.
  private static Optional<Map<String, String>> exposes(Relationship relationship) {
    return relationship
        .exposes()
        .map(given -> {
          var names = new TreeMap<String, String>();
          given.forEach((seen, there) ->
              names.put(seen.toLowerCase(Locale.ROOT), there.toLowerCase(Locale.ROOT)));
          return names;
        });
  }

  private static String written(Relationship relationship) {
    return "%s(%s) > %s(%s)"
        .formatted(
            relationship.from(),
            String.join(", ", relationship.fromColumns()),
            relationship.to(),
            String.join(", ", relationship.toColumns()));
  }
}
