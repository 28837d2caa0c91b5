package io.scorebook.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A value of a document, with its place.
///
/// The readers of [Mapping] report what is missing or of the wrong form to the given [Findings] and
/// go on with something harmless, so that one pass finds every mistake.
public sealed interface Value {
  Location location();

  /// What a plain scalar was resolved to by YAML 1.2's core schema; quoted scalars are text.
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  /// The value as plain Java: map, list, string, number, boolean, null.
  default @Nullable Object toPlain() {
    return switch (this) {
      case Mapping mapping -> {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        mapping.entries().forEach((key, value) -> plain.put(key, value.toPlain()));
        yield plain;
      }
      case Sequence sequence -> {
        var plain = new ArrayList<@Nullable Object>();
        sequence.items().forEach(item -> plain.add(item.toPlain()));
        yield plain;
      }
      case Scalar(_, String text, Kind kind) ->
          switch (kind) {
            case TEXT -> text;
            case INTEGER -> integer(text);
            case DECIMAL -> decimal(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case NULL -> null;
          };
    };
  }

  private static Object integer(String text) {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException _) {
      return text; // 0x1F and 0o17 are integers of YAML: no reader here takes them
    }
  }

  private static Object decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return text; // .inf and .nan
    }
  }

  /// Text, number, boolean or null, as written.
  record Scalar(Location location, String text, Kind kind) implements Value {
    public boolean isNull() {
      return kind == Kind.NULL;
    }
  }

  /// A list.
  record Sequence(Location location, List<Value> items) implements Value {}

  /// Keys and values, in the order written.
  ///
  /// @param keys where each key stands
  record Mapping(Location location, Map<String, Value> entries, Map<String, Location> keys)
      implements Value {

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    public Optional<Value> find(String key) {
      return Optional.ofNullable(entries.get(key))
          .filter(value -> !(value instanceof Scalar scalar && scalar.isNull()));
    }

    /// Where the key stands, or the mapping itself where it has no such key.
    public Location locationOf(String key) {
      return keys.getOrDefault(key, location);
    }

    /// The text under a key that must be there; the empty text (and a finding) where it is not.
    public String text(String key, Findings findings) {
      Optional<String> text = findText(key, findings);
      if (text.isEmpty() && find(key).isEmpty()) {
        findings.error(location, "Cannot find the required '%s'".formatted(key));
      }
      return text.orElse("");
    }

    public Optional<String> findText(String key, Findings findings) {
      return find(key)
          .flatMap(value -> {
            if (value instanceof Scalar scalar) {
              return Optional.of(scalar.text());
            }
            findings.error(value.location(), "Invalid '%s': must be a text".formatted(key));
            return Optional.empty();
          });
    }

    public Optional<Boolean> findBoolean(String key, Findings findings) {
      return find(key)
          .flatMap(value -> {
            if (value instanceof Scalar(_, String text, Kind kind) && kind == Kind.BOOLEAN) {
              return Optional.of(Boolean.valueOf(text));
            }
            findings.error(value.location(), "Invalid '%s': must be true or false".formatted(key));
            return Optional.empty();
          });
    }

    public Optional<Integer> findInteger(String key, Findings findings) {
      return find(key)
          .flatMap(value -> {
            try {
              if (value instanceof Scalar(_, String text, Kind kind) && kind == Kind.INTEGER) {
                return Optional.of(Integer.valueOf(text));
              }
            } catch (NumberFormatException _) {
              // said below
            }
            findings.error(value.location(), "Invalid '%s': must be an integer".formatted(key));
            return Optional.empty();
          });
    }

    public Optional<Mapping> findMapping(String key, Findings findings) {
      return find(key).flatMap(value -> value.asMapping("'" + key + "'", findings));
    }

    /// The items of a list; empty where there is none.
    public List<Value> items(String key, Findings findings) {
      return find(key)
          .map(value -> {
            if (value instanceof Sequence sequence) {
              return sequence.items();
            }
            findings.error(value.location(), "Invalid '%s': must be a list".formatted(key));
            return List.<Value>of();
          })
          .orElse(List.of());
    }

    public List<Mapping> mappings(String key, Findings findings) {
      return items(key, findings).stream()
          .flatMap(item -> item.asMapping("an item of '" + key + "'", findings).stream())
          .toList();
    }

    public List<String> texts(String key, Findings findings) {
      return items(key, findings).stream()
          .flatMap(item -> {
            if (item instanceof Scalar scalar && !scalar.isNull()) {
              return java.util.stream.Stream.of(scalar.text());
            }
            findings.error(item.location(), "Invalid item of '%s': must be a text".formatted(key));
            return java.util.stream.Stream.<String>empty();
          })
          .toList();
    }

    /// Reports keys that the document's form does not have, each with the nearest that it has.
    public void allowOnly(Set<String> known, Findings findings) {
      for (String key : entries.keySet()) {
        if (!known.contains(key)) {
          findings.error(
              locationOf(key),
              "Cannot use the key '%s'".formatted(key),
              Suggestions.similar(key, known).isEmpty()
                  ? "use one of " + known.stream().sorted().collect(Collectors.joining(", "))
                  : Suggestions.clause(key, known));
        }
      }
    }
  }

  /// The value as a mapping, or a finding.
  default Optional<Mapping> asMapping(String what, Findings findings) {
    if (this instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    findings.error(location(), "Invalid %s: must be a mapping of keys to values".formatted(what));
    return Optional.empty();
  }
}
