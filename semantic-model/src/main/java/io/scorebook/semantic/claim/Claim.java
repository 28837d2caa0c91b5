package io.scorebook.semantic.claim;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something that is declared of the data and is true or false of given snapshots.
public sealed interface Claim {
  Declared declared();

  /// Whose rows it is about.
  Subject of();

  /// The columns that its counterexamples show.
  List<String> shown();

  /// What it says, in words.
  String sentence();

  /// The same text for the same claim under the same model, wherever it is declared.
  default String id() {
    return switch (this) {
      case Unique claim -> "unique " + place(claim.of, claim.columns);
      case NotNull claim -> "notNull " + place(claim.of, claim.columns);
      case Refers claim ->
          "refers %s to %s"
              .formatted(place(claim.of, claim.columns), place(claim.to, claim.toColumns));
      case TotalOrder claim -> "order " + place(claim.of, claim.columns);
      case WithinRange claim ->
          "range %s from %s to %s"
              .formatted(
                  place(claim.of, List.of(claim.column)), bound(claim.min), bound(claim.max));
      case SameWithJoin claim ->
          "join %s along %s".formatted(claim.of, String.join(", ", claim.path));
    };
  }

  /// What kind of claim it is, in one word of the surface.
  default String kind() {
    return id().substring(0, id().indexOf(' '));
  }

  /// No two rows have the same values; rows in which one is NULL are apart.
  ///
  /// @param columns of the source, or fields
  record Unique(Subject of, List<String> columns, Declared declared) implements Claim {
    public Unique {
      columns = List.copyOf(columns);
    }

    @Override
    public List<String> shown() {
      return columns;
    }

    @Override
    public String sentence() {
      return place(of, columns) + " is unique";
    }
  }

  /// No row has NULL in any of the columns.
  ///
  /// @param shown the columns that tell which row it is, and those that must not be NULL
  record NotNull(Subject of, List<String> columns, List<String> shown, Declared declared)
      implements Claim {
    public NotNull {
      columns = List.copyOf(columns);
      shown = List.copyOf(shown);
    }

    @Override
    public String sentence() {
      return place(of, columns) + " is never NULL";
    }
  }

  /// Each row that has all of the columns has its row on the other side.
  record Refers(
      Subject of, List<String> columns, Subject to, List<String> toColumns, Declared declared)
      implements Claim {
    public Refers {
      columns = List.copyOf(columns);
      toColumns = List.copyOf(toColumns);
    }

    @Override
    public List<String> shown() {
      return columns;
    }

    @Override
    public String sentence() {
      return "each %s is in %s".formatted(place(of, columns), place(to, toColumns));
    }
  }

  /// No two rows share the values, NULL being one: so that what is ordered by them has one order.
  ///
  /// @param columns as `dataset.field`: the entity's, the order's, those of the primary key
  /// @param metrics that are computed in this order; none where it is the primary key alone
  record TotalOrder(Subject of, List<String> columns, List<String> metrics, Declared declared)
      implements Claim {
    public TotalOrder {
      columns = List.copyOf(columns);
      metrics = List.copyOf(metrics);
    }

    @Override
    public List<String> shown() {
      return columns;
    }

    @Override
    public String sentence() {
      return "rows of %s have one order by (%s)%s"
          .formatted(
              of,
              columns.stream()
                  .map(column -> column.substring(column.lastIndexOf('.') + 1))
                  .collect(Collectors.joining(", ")),
              metrics.isEmpty() ? "" : ", for " + some(metrics));
    }
  }

  /// The values of a column, where they are not NULL, lie between the bounds.
  ///
  /// @param shown the columns that tell which row it is, and the column
  record WithinRange(
      Subject of,
      String column,
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      List<String> shown,
      Declared declared)
      implements Claim {
    public WithinRange {
      shown = List.copyOf(shown);
    }

    @Override
    public String sentence() {
      String bounds =
          Stream.of(min.map(n -> n + " or more"), max.map(n -> n + " or less"))
              .flatMap(Optional::stream)
              .collect(Collectors.joining(" and "));
      return "%s is %s".formatted(place(of, List.of(column)), bounds);
    }
  }

  /// Joining along a path leaves each row of a fact there, and there once: so every metric has the
  /// same value with the join and without it.
  ///
  /// @param path names of relationships
  /// @param to the dataset at its end
  /// @param metrics of the fact, whose values are computed both ways
  record SameWithJoin(
      Subject of, List<String> path, String to, List<String> metrics, Declared declared)
      implements Claim {
    public SameWithJoin {
      path = List.copyOf(path);
      metrics = List.copyOf(metrics);
    }

    @Override
    public List<String> shown() {
      return List.of();
    }

    @Override
    public String sentence() {
      return "joining %s to %s by %s changes no metric (%s)"
          .formatted(of, to, String.join(" > ", path), some(metrics));
    }
  }

  private static String place(Subject of, List<String> columns) {
    return "%s (%s)".formatted(of, String.join(", ", columns));
  }

  private static String bound(Optional<BigDecimal> bound) {
    return bound.map(BigDecimal::toPlainString).orElse("*");
  }

  private static String some(List<String> names) {
    return names.size() <= 3
        ? String.join(", ", names)
        : "%s and %d more".formatted(String.join(", ", names.subList(0, 3)), names.size() - 3);
  }
}
