package io.scorebook.catalog.registry;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/// When something is done again.
public sealed interface Schedule {
  /// No more often than this.
  Duration SHORTEST = Duration.ofMinutes(1);

  /// By the five fields of cron: minute, hour, day of month, month, day of week. In UTC.
  record Cron(String expression) implements Schedule {
    private static final CronParser PARSER =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /// @throws IllegalArgumentException for another form
    public Cron {
      PARSER.parse(expression).validate();
    }

    private ExecutionTime times() {
      return ExecutionTime.forCron(PARSER.parse(expression));
    }
  }

  /// Again and again after so long a time.
  record Every(Duration interval) implements Schedule {
    public Every {
      if (interval.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException(
            "Invalid interval: %s is less than %s".formatted(interval, SHORTEST));
      }
    }
  }

  /// The first time after a moment; absent where there will be none, as on 30 February.
  default Optional<Instant> next(Instant after) {
    return switch (this) {
      case Cron cron ->
          cron.times().nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
      case Every(Duration interval) -> Optional.of(after.plus(interval));
    };
  }

  /// The standard's word for who keeps it.
  default String scheduler() {
    return switch (this) {
      case Cron _ -> "cron";
      case Every _ -> "interval";
    };
  }

  /// As a document writes it.
  default String text() {
    return switch (this) {
      case Cron(String expression) -> expression;
      case Every(Duration interval) -> interval.toString();
    };
  }
}
