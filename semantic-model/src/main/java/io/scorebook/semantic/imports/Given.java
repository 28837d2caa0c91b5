package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A mapping of a document that remembers which of its keys were looked at, so that those that
/// nobody looked at can be told.
final class Given {
  private final Value.Mapping mapping;
  private final Set<String> seen = new HashSet<>();

  Given(Value.Mapping mapping) {
    this.mapping = mapping;
  }

  Location at() {
    return find("name").map(Value::location).orElse(mapping.location());
  }

  Optional<Value> find(String key) {
    seen.add(key);
    return mapping
        .find(key)
        .filter(value -> !(value instanceof Value.Scalar scalar && scalar.isNull()));
  }

  boolean has(String key) {
    return find(key).isPresent();
  }

  String name() {
    return text("name").orElse("");
  }

  Optional<String> text(String key) {
    return find(key)
        .flatMap(value ->
            value instanceof Value.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty());
  }

  boolean isTrue(String key) {
    return text(key).filter(text -> text.equalsIgnoreCase("true")).isPresent();
  }

  Optional<Given> mapping(String key) {
    return find(key)
        .flatMap(value ->
            value instanceof Value.Mapping inner
                ? Optional.of(new Given(inner))
                : Optional.empty());
  }

  /// The mappings of a list, or of a mapping by names.
  List<Given> list(String key) {
    return find(key).stream()
        .flatMap(value ->
            value instanceof Value.Sequence(var _, var items) ? items.stream() : Stream.empty())
        .flatMap(item ->
            item instanceof Value.Mapping inner ? Stream.of(new Given(inner)) : Stream.empty())
        .toList();
  }

  /// The texts of a list, or one text.
  List<String> texts(String key) {
    return find(key).stream()
        .flatMap(value ->
            value instanceof Value.Sequence(var _, var items) ? items.stream() : Stream.of(value))
        .flatMap(
            item -> item instanceof Value.Scalar scalar ? Stream.of(scalar.text()) : Stream.empty())
        .toList();
  }

  /// Words and settings that say nothing of values.
  Given ignore(String... keys) {
    seen.addAll(List.of(keys));
    return this;
  }

  /// Tells the keys that nobody looked at.
  ///
  /// @return whether there were any
  boolean tellRest(String of, Fidelity fidelity) {
    boolean hasRest = !seen.containsAll(mapping.entries().keySet());
    mapping.entries().keySet().stream()
        .filter(key -> !seen.contains(key))
        .forEach(key ->
            fidelity.unsupported(
                "key", of + "." + key, mapping.locationOf(key), "nothing here has its meaning"));
    return hasRest;
  }
}
