package io.scorebook.gateway.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `statement_timeout` as clients write it: milliseconds, or a number with its unit; 0 for no limit
/// but the gateway's own.
public final class StatementTime {
  /// What the setting is called, at every door that has one.
  public static final String SETTING = "statement_timeout";

  private static final Pattern FORM = Pattern.compile("(\\d{1,10})\\s*(us|ms|s|min|h|d)?");
  private static final int MICROS = 1000;

  private StatementTime() {}

  /// @return empty where there shall be no limit
  /// @throws ProblemException where it is not of this form
  public static Optional<Duration> read(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new ProblemException(
          ErrorCode.INVALID_SETTING,
          "Invalid %s '%s': write milliseconds, or a number with its unit, as 500ms, 30s or 5min"
              .formatted(SETTING, text));
    }
    long number = Long.parseLong(form.group(1));
    Duration time =
        switch (form.group(2)) {
          case "us" -> Duration.ofMillis((number + MICROS - 1) / MICROS);
          case "s" -> Duration.ofSeconds(number);
          case "min" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          case null, default -> Duration.ofMillis(number);
        };
    return time.isZero() ? Optional.empty() : Optional.of(time);
  }
}
