package io.scorebook.catalog.load;

import java.util.regex.Pattern;

/// How many rows of a load may be rejected before the load as a whole is refused.
public sealed interface Allowance {
  Allowance NONE = new Rows(0);

  record Rows(long count) implements Allowance {
    public Rows {
      if (count < 0) {
        throw new IllegalArgumentException("Invalid number of rejected rows: " + count);
      }
    }

    @Override
    public String toString() {
      return String.valueOf(count);
    }
  }

  /// @param percent of the rows that were read, 0 to 100
  record Percent(double percent) implements Allowance {
    public Percent {
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException("Invalid share of rejected rows: " + percent + "%");
      }
    }

    @Override
    public String toString() {
      return percent + "%";
    }
  }

  Pattern FORM = Pattern.compile("(\\d{1,18})|(\\d{1,3}(?:\\.\\d+)?)%");

  /// Reads `10` or `0.5%`.
  static Allowance parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "Invalid number of rejected rows '%s': must be as 10 or 0.5%%".formatted(text));
    }
    return form.group(1) != null
        ? new Rows(Long.parseLong(form.group(1)))
        : new Percent(Double.parseDouble(form.group(2)));
  }

  default boolean allows(long rejected, long read) {
    return switch (this) {
      case Rows(long count) -> rejected <= count;
      case Percent(double percent) -> rejected * 100.0 <= percent * read;
    };
  }
}
