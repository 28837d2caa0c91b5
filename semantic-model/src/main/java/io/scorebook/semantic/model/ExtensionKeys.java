package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the values of an extension's keys; what is wrong with one is a finding, and the value is
/// empty.
record ExtensionKeys(Value.Mapping extension, Findings findings) {

  /// A list of `dataset.field`, with at least one in it.
  List<String> fields(String key) {
    return list(key, "a field", "write a list of dataset.field");
  }

  /// A list of dimensions' names, with at least one in it.
  List<String> dimensions(String key) {
    return list(key, "a dimension", "write a list of dimensions");
  }

  /// A list that may be absent.
  List<String> optionalFields(String key) {
    return extension.find(key).isEmpty() ? List.of() : fields(key);
  }

  private List<String> list(String key, String what, String mend) {
    List<String> items = extension.texts(key, findings);
    if (items.isEmpty() && extension.items(key, findings).isEmpty()) {
      findings.error(
          extension.locationOf(key),
          "Cannot find %s in the required '%s'".formatted(what, key),
          mend);
    }
    return items;
  }

  Optional<String> text(String key) {
    return Optional.of(extension.text(key, findings)).filter(text -> !text.isEmpty());
  }

  Optional<String> optionalText(String key) {
    return extension.findText(key, findings);
  }

  Location at(String key) {
    return extension.locationOf(key);
  }

  Optional<ExtensionKeys> mapping(String key) {
    if (extension.find(key).isEmpty()) {
      findings.error(extension.location(), "Cannot find the required '%s'".formatted(key));
      return Optional.empty();
    }
    return extension.findMapping(key, findings).map(keys -> new ExtensionKeys(keys, findings));
  }

  boolean has(String key) {
    return extension.find(key).isPresent();
  }

  /// A whole number of at least 1.
  Optional<Integer> count(String key) {
    if (extension.find(key).isEmpty()) {
      findings.error(extension.location(), "Cannot find the required '%s'".formatted(key));
      return Optional.empty();
    }
    Optional<Integer> count = extension.findInteger(key, findings);
    if (count.filter(n -> n < 1).isPresent()) {
      findings.error(
          extension.locationOf(key),
          "Invalid '%s': %d".formatted(key, count.get()),
          "use 1 or more");
      return Optional.empty();
    }
    return count;
  }

  Optional<BigDecimal> number(String key) {
    if (extension.find(key).isEmpty()) {
      findings.error(extension.location(), "Cannot find the required '%s'".formatted(key));
      return Optional.empty();
    }
    String text =
        extension.find(key).orElseThrow() instanceof Value.Scalar scalar ? scalar.text() : "";
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      findings.error(
          extension.locationOf(key), "Invalid '%s': '%s'".formatted(key, text), "use a number");
      return Optional.empty();
    }
  }

  /// One of the words of an enum, written in camel case; `preset` where the key is absent.
  <T extends Enum<T>> Optional<T> choice(String key, T[] values, Optional<T> preset) {
    if (extension.find(key).isEmpty() && preset.isPresent()) {
      return preset;
    }
    String word = extension.text(key, findings);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value =
        Arrays.stream(values).filter(candidate -> word(candidate).equals(word)).findFirst();
    if (value.isEmpty()) {
      findings.error(
          extension.locationOf(key),
          "Cannot use '%s' as '%s'".formatted(word, key),
          Suggestions.clause(word, Stream.of(values).map(ExtensionKeys::word).toList()));
    }
    return value;
  }

  /// How documents write an enum: AT_LEAST is `atLeast`.
  static String word(Enum<?> value) {
    var word = new StringBuilder();
    for (String part : value.name().toLowerCase(java.util.Locale.ROOT).split("_", -1)) {
      word.append(
          word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return word.toString();
  }
}
