package io.scorebook.semantic.model;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.util.Optional;
import java.util.Set;

/// Finds the `custom_extensions` of vendor `SCOREBOOK`; those of other vendors are passed over.
final class Extension {
  static final String VENDOR = "SCOREBOOK";

  private static final Set<String> KEYS = Set.of("vendor_name", "data");

  private Extension() {}

  /// The extension of a thing, its JSON read.
  static Optional<Value.Mapping> find(Value.Mapping thing, SourceText source, Findings findings) {
    Optional<Value.Mapping> found = Optional.empty();
    for (Value.Mapping extension : thing.mappings("custom_extensions", findings)) {
      extension.allowOnly(KEYS, findings);
      String vendor = extension.text("vendor_name", findings);
      String data = extension.text("data", findings);
      if (!vendor.equals(VENDOR)) {
        if (vendor.strip().equalsIgnoreCase(VENDOR)) {
          findings.error(
              extension.locationOf("vendor_name"),
              "Invalid vendor '%s'".formatted(vendor),
              "write " + VENDOR);
        }
        continue;
      }
      if (found.isPresent()) {
        findings.error(
            extension.location(),
            "Cannot have two extensions of vendor " + VENDOR,
            "put all keys into one");
        continue;
      }
      found = parse(extension, data, source, findings);
    }
    return found;
  }

  /// Refuses an extension where Scorebook has none.
  static void refuse(Value.Mapping thing, String what, SourceText source, Findings findings) {
    find(thing, source, findings)
        .ifPresent(extension ->
            findings.error(
                extension.location(),
                "Cannot have a %s extension on a %s".formatted(VENDOR, what),
                "a model, a relationship and a metric can have one"));
  }

  private static Optional<Value.Mapping> parse(
      Value.Mapping extension, String data, SourceText source, Findings findings) {
    if (extension.find("data").orElse(null) instanceof Value.Scalar scalar) {
      return JsonText.parse(data, source.contentOf(scalar), findings)
          .flatMap(value -> value.asMapping("data of " + VENDOR, findings));
    }
    return Optional.empty();
  }
}
