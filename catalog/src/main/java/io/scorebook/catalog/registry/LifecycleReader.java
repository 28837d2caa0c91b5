package io.scorebook.catalog.registry;

import io.scorebook.catalog.registry.Product.Lifecycle;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads from a product's custom properties how it ends (`sunset`, `successor`) and whether its
/// data moves (`data`). Properties of other names are others' own.
final class LifecycleReader {
  private static final List<String> DATA = List.of("live", "pinned");
  private static final Pattern SUCCESSOR = Pattern.compile("(?:([a-z][a-z0-9_]{0,63}) )?(\\S+)");

  private final Findings findings;

  LifecycleReader(Findings findings) {
    this.findings = findings;
  }

  Lifecycle read(Value.Mapping document, String product, Status status) {
    Optional<Instant> sunset = Optional.empty();
    Optional<String> successor = Optional.empty();
    boolean isPinned = false;
    for (Value.Mapping property : document.mappings("customProperties", findings)) {
      switch (property.text("property", findings)) {
        case "sunset" -> sunset = sunset(property, status);
        case "successor" -> successor = successor(property, product);
        case "data" -> isPinned = isPinned(property);
        default -> {}
      }
    }
    return new Lifecycle(sunset, successor, isPinned);
  }

  private Optional<Instant> sunset(Value.Mapping property, Status status) {
    if (status != Status.DEPRECATED && status != Status.RETIRED) {
      findings.error(
          property.location(),
          "Cannot give a sunset to a product with the status '%s'".formatted(status.word()),
          "write status: deprecated");
    }
    String text = property.text("value", findings);
    try {
      return Optional.of(
          text.length() > 10
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException _) {
      findings.error(
          property.locationOf("value"),
          "Invalid sunset '%s'".formatted(text),
          "write a day, on which it ends as it begins (UTC): 2027-01-01, or 2027-01-01T12:00:00Z");
      return Optional.empty();
    }
  }

  private Optional<String> successor(Value.Mapping property, String product) {
    String text = property.text("value", findings);
    Matcher form = SUCCESSOR.matcher(text);
    if (!form.matches() || Version.find(form.group(2)).isEmpty()) {
      findings.error(
          property.locationOf("value"),
          "Invalid successor '%s'".formatted(text),
          "write a version of this product, 2.0.0, or of another one, %s_daily 1.0.0"
              .formatted(product));
      return Optional.empty();
    }
    return Optional.of(Optional.ofNullable(form.group(1)).orElse(product) + " " + form.group(2));
  }

  private boolean isPinned(Value.Mapping property) {
    String text = property.text("value", findings);
    if (!DATA.contains(text)) {
      findings.error(
          property.locationOf("value"),
          "Cannot use '%s' as 'data'".formatted(text),
          Suggestions.clause(text, DATA));
    }
    return text.equals("pinned");
  }
}
