package io.scorebook.gateway.cli;

import io.scorebook.gateway.session.Desk;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What one question may cost.
final class LimitOptions {
  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = Time.class,
      description = "For one answer, as 500ms, 60s or 5m; default: ${DEFAULT-VALUE}.")
  Duration time = Duration.ofSeconds(60);

  Desk.Allowance allowance() {
    return Desk.Allowance.DEFAULT.withTime(time);
  }

  /// `500ms`, `60s`, `5m`, `1h`, `7d`.
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    @Override
    public Duration convert(String text) {
      var form = FORM.matcher(text.strip());
      if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
        throw new TypeConversionException("'%s' must be a time such as 60s or 5m".formatted(text));
      }
      long number = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}
