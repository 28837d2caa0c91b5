package io.scorebook.semantic.compare;

import io.scorebook.documents.Location;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is said of a thing, which changes none of its values.
public final class Words {
  private Words() {}

  /// @param before what was said by key; the empty text where nothing was
  /// @param after of the same keys
  public static List<Change> changes(
      Kind kind, String name, Map<String, String> before, Map<String, String> after, Location at) {
    var changes = new ArrayList<Change>();
    new TreeMap<>(before)
        .forEach((key, was) -> {
          String is = after.getOrDefault(key, "");
          if (!was.strip().equals(is.strip())) {
            changes.add(
                Change.of(
                    Level.PATCH,
                    kind,
                    name,
                    What.WORDS,
                    was.isEmpty()
                        ? "it has a %s now".formatted(key)
                        : is.isEmpty()
                            ? "it has no %s any more".formatted(key)
                            : "the %s changed".formatted(key),
                    was,
                    is,
                    at));
          }
        });
    return changes;
  }
}
