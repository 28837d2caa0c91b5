package io.scorebook.gateway.cli;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.gateway.session.Quota;
import io.scorebook.gateway.session.Quotas;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.TypeConversionException;

/// The section `limits` of the settings.
final class QuotaSettings {
  private final Findings findings;

  private QuotaSettings(Findings findings) {
    this.findings = findings;
  }

  static Quotas read(Value.Mapping settings, Findings findings) {
    return settings
        .findMapping("limits", findings)
        .map(limits -> new QuotaSettings(findings).quotas(limits))
        .orElse(Quotas.DEFAULT);
  }

  private Quotas quotas(Value.Mapping limits) {
    limits.allowOnly(Set.of("default", "groups", "callers", "products"), findings);
    return new Quotas(
        limits.findMapping("default", findings).map(this::quota).orElse(Quota.DEFAULT),
        named(limits, "groups"),
        named(limits, "callers"),
        named(limits, "products"));
  }

  private Map<String, Quota> named(Value.Mapping limits, String key) {
    var quotas = new TreeMap<String, Quota>();
    limits
        .findMapping(key, findings)
        .ifPresent(mapping ->
            mapping
                .entries()
                .keySet()
                .forEach(name ->
                    mapping
                        .findMapping(name, findings)
                        .ifPresent(one -> quotas.put(name, quota(one)))));
    return quotas;
  }

  private Quota quota(Value.Mapping one) {
    one.allowOnly(Set.of("rows", "reads", "time", "concurrent"), findings);
    OptionalLong concurrent = number(one, "concurrent");
    return new Quota(
        number(one, "rows"),
        number(one, "reads"),
        time(one),
        concurrent.isPresent()
            ? OptionalInt.of((int) Math.min(concurrent.getAsLong(), Integer.MAX_VALUE))
            : OptionalInt.empty());
  }

  private OptionalLong number(Value.Mapping one, String key) {
    Optional<String> text = one.findText(key, findings);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (text.get().matches("[1-9]\\d{0,17}")) {
      return OptionalLong.of(Long.parseLong(text.get()));
    }
    findings.error(
        one.locationOf(key), "Invalid '%s': must be a whole number, 1 or more".formatted(key));
    return OptionalLong.empty();
  }

  private Optional<Duration> time(Value.Mapping one) {
    try {
      return one.findText("time", findings).map(text -> new LimitOptions.Time().convert(text));
    } catch (TypeConversionException e) {
      findings.error(one.locationOf("time"), "Invalid 'time': " + e.getMessage());
      return Optional.empty();
    }
  }
}
