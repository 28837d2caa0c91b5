package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/// What datasets, fields, relationships and metrics may be called: regular SQL identifiers, so that
/// every name can be written in SQL without quotes.
final class Names {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private Names() {}

  /// The name of a thing, or a finding; a thing without a usable name is left out of the model.
  static Optional<String> read(Value.Mapping mapping, String what, Findings findings) {
    String name = mapping.text("name", findings);
    if (name.isEmpty()) {
      if (mapping.find("name").isPresent()) {
        findings.error(mapping.locationOf("name"), "Invalid name of a " + what + ": it is empty");
      }
      return Optional.empty();
    }
    if (!IDENTIFIER.matcher(name).matches()) {
      findings.error(
          at(mapping),
          "Invalid name of a %s: '%s'".formatted(what, name),
          "use letters, digits and _, at most 128, not beginning with a digit");
      return Optional.empty();
    }
    return Optional.of(name);
  }

  /// Where the value of `name` stands.
  static Location at(Value.Mapping mapping) {
    return mapping.find("name").map(Value::location).orElse(mapping.location());
  }
}
