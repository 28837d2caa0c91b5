package io.scorebook.semantic.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// From when to when conditions on time reach, as far as comparisons with one value say it. It may
/// be somewhat more than they choose, never less.
final class Extent {
  private final ImmutableBitSet places;
  private @Nullable Comparable<?> first;
  private @Nullable Comparable<?> last;

  /// @param places in the query's space of what is compared
  Extent(ImmutableBitSet places, List<RexNode> conditions) {
    this.places = places;
    conditions.forEach(this::narrow);
  }

  Optional<RexNode> first(RexBuilder rex) {
    return Optional.ofNullable(first).map(value -> literal(rex, value));
  }

  Optional<RexNode> last(RexBuilder rex) {
    return Optional.ofNullable(last).map(value -> literal(rex, value));
  }

  private static RexNode literal(RexBuilder rex, Comparable<?> value) {
    return value instanceof BigDecimal number
        ? rex.makeExactLiteral(number)
        : rex.makeDateLiteral(new DateString(value.toString()));
  }

  private void narrow(RexNode condition) {
    if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
      return;
    }
    Optional<ChronoUnit> unit = unit(call.getOperands().getFirst());
    Comparable<?> value = value(call.getOperands().get(1));
    if (unit.isEmpty() || value == null) {
      return;
    }
    SqlKind kind = call.getKind();
    if (kind == SqlKind.GREATER_THAN
        || kind == SqlKind.GREATER_THAN_OR_EQUAL
        || kind == SqlKind.EQUALS) {
      first = first == null || compare(value, first) > 0 ? value : first;
    }
    if (kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL || kind == SqlKind.EQUALS) {
      // The period that begins with the value, or before it, ends within as long.
      Comparable<?> end = value instanceof LocalDate day ? end(day, unit.get()) : value;
      last = last == null || compare(end, last) < 0 ? end : last;
    }
  }

  private static LocalDate end(LocalDate day, ChronoUnit unit) {
    return unit == ChronoUnit.DAYS ? day : day.plus(1, unit).minusDays(1);
  }

  @SuppressWarnings("unchecked")
  private static int compare(Comparable<?> left, Comparable<?> right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  /// How long the periods are that are compared; empty where something else is.
  private Optional<ChronoUnit> unit(RexNode node) {
    return switch (node) {
      case RexInputRef reference when places.get(reference.getIndex()) ->
          Optional.of(ChronoUnit.DAYS);
      case RexCall call when call.getKind() == SqlKind.CAST -> unit(call.getOperands().getFirst());
      case RexCall call when call.getKind() == SqlKind.FLOOR && call.getOperands().size() == 2 ->
          unit(call.getOperands().getFirst())
              .map(_ ->
                  switch (String.valueOf(((RexLiteral) call.getOperands().get(1)).getValue())) {
                    case "WEEK" -> ChronoUnit.WEEKS;
                    case "MONTH" -> ChronoUnit.MONTHS;
                    case "QUARTER", "YEAR" -> ChronoUnit.YEARS;
                    default -> ChronoUnit.DAYS;
                  });
      default -> Optional.empty();
    };
  }

  private static @Nullable Comparable<?> value(RexNode node) {
    return switch (node) {
      case RexCall call when call.getKind() == SqlKind.CAST -> value(call.getOperands().getFirst());
      case RexLiteral literal ->
          switch (literal.getType().getSqlTypeName()) {
            case DATE -> LocalDate.parse(String.valueOf(literal.getValueAs(DateString.class)));
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                LocalDate.parse(
                    String.valueOf(literal.getValueAs(TimestampString.class)).substring(0, 10));
            case DECIMAL, BIGINT, INTEGER -> literal.getValueAs(BigDecimal.class);
            default -> null;
          };
      default -> null;
    };
  }
}
