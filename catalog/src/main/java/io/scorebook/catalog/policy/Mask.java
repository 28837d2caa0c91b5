package io.scorebook.catalog.policy;

import java.math.BigDecimal;

/// What stands in the place of a column's values. NULL stays NULL under every mask but [Constant].
public sealed interface Mask {

  /// As a policy writes it, and people read it.
  String words();

  /// No value at all.
  record Nothing() implements Mask {
    @Override
    public String words() {
      return "null";
    }
  }

  /// A pseudonym: equal values have equal ones, and without the home's secret none leads back.
  record Hash() implements Mask {
    @Override
    public String words() {
      return "hash";
    }
  }

  /// The first and the last characters of a text, `***` between them; of a text that is not longer
  /// than both together, nothing but `***`.
  record Partial(int first, int last) implements Mask {
    @Override
    public String words() {
      return "partial, first %d, last %d".formatted(first, last);
    }
  }

  /// The lower bound of the range of this width that a number lies in.
  record Bucket(BigDecimal size) implements Mask {
    @Override
    public String words() {
      return "bucket of " + size.toPlainString();
    }
  }

  /// The first day of the period that a date or time lies in.
  record Period(Unit unit) implements Mask {
    @Override
    public String words() {
      return "bucket of a " + unit.name().toLowerCase(java.util.Locale.ROOT);
    }

    public enum Unit {
      MONTH,
      QUARTER,
      YEAR
    }
  }

  /// The same for all rows, also where there is no value.
  ///
  /// @param text of a column's type, as a policy writes it
  record Constant(String text) implements Mask {
    @Override
    public String words() {
      return "constant";
    }
  }
}
