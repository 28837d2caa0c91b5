package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A mapping of a document that remembers which of its keys were looked at, so that those that
/// nobody looked at can be told.
final class Given {
  private final Value.Mapping mapping;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Given> inner = new LinkedHashMap<>();

  Given(Value.Mapping mapping) {
    this.mapping = mapping;
  }

  Location at() {
    return find("name").map(Value::location).orElse(mapping.location());
  }

  /// The value of a key that is not null.
  Optional<Value> find(String key) {
    seen.add(key);
    return raw(key);
  }

  private Optional<Value> raw(String key) {
    return mapping
        .find(key)
        .filter(value -> !(value instanceof Value.Scalar scalar && scalar.isNull()));
  }

  boolean has(String key) {
    return raw(key).isPresent();
  }

  String name() {
    return text("name").orElse("");
  }

  /// The text of a key; what has another form stays unseen.
  Optional<String> text(String key) {
    Optional<String> text =
        raw(key)
            .flatMap(value ->
                value instanceof Value.Scalar scalar
                    ? Optional.of(scalar.text())
                    : Optional.empty());
    text.ifPresent(_ -> seen.add(key));
    return text;
  }

  boolean isTrue(String key) {
    return text(key).filter(text -> text.equalsIgnoreCase("true")).isPresent();
  }

  Optional<Given> mapping(String key) {
    if (!(raw(key).orElse(null) instanceof Value.Mapping found)) {
      return Optional.empty();
    }
    seen.add(key);
    return Optional.of(inner.computeIfAbsent(key, _ -> new Given(found)));
  }

  /// The mappings of a list; a list that has others in it stays unseen.
  List<Given> list(String key) {
    if (!(raw(key).orElse(null) instanceof Value.Sequence(var _, var items))) {
      return List.of();
    }
    if (items.stream().allMatch(Value.Mapping.class::isInstance)) {
      seen.add(key);
    }
    return items.stream()
        .flatMap(item ->
            item instanceof Value.Mapping found ? Stream.of(new Given(found)) : Stream.empty())
        .toList();
  }

  /// The texts of a list, or one text.
  List<String> texts(String key) {
    List<Value> items =
        raw(key).stream()
            .flatMap(value ->
                value instanceof Value.Sequence(var _, var inside)
                    ? inside.stream()
                    : Stream.of(value))
            .toList();
    if (items.stream().allMatch(Value.Scalar.class::isInstance)) {
      seen.add(key);
    }
    return items.stream()
        .flatMap(
            item -> item instanceof Value.Scalar scalar ? Stream.of(scalar.text()) : Stream.empty())
        .toList();
  }

  /// Words and settings that say nothing of values.
  Given ignore(String... keys) {
    seen.addAll(List.of(keys));
    return this;
  }

  /// Tells the keys that nobody looked at, also of the mappings in it that were looked into.
  ///
  /// @return whether there were any
  boolean tellRest(String of, Fidelity fidelity) {
    boolean hasRest = !seen.containsAll(mapping.entries().keySet());
    mapping.entries().keySet().stream()
        .filter(key -> !seen.contains(key))
        .forEach(key ->
            fidelity.unsupported(
                "key", of + "." + key, mapping.locationOf(key), "nothing here has its meaning"));
    for (var mapping : inner.entrySet()) {
      hasRest |= mapping.getValue().tellRest(of + "." + mapping.getKey(), fidelity);
    }
    return hasRest;
  }
}
