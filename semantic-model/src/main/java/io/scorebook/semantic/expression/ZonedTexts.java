package io.scorebook.semantic.expression;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/// `'2024-01-31T10:30:00Z'` where a date or a time is meant, as tools write the moments of their
/// pickers and the ends of their periods: a time of UTC, to the microsecond, and of a date the day,
/// as PostgreSQL reads them.
final class ZonedTexts {
  private static final Pattern MOMENT =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?)(?:Z|\\+00(?::?00)?)?");

  private ZonedTexts() {}

  /// Writes such literals as what they stand for.
  static Meaning expansion(RexBuilder rex) {
    return new Meaning() {
      @Override
      public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!(visited instanceof RexCall cast)
            || cast.getKind() != SqlKind.CAST
            || !(cast.getOperands().getFirst() instanceof RexLiteral literal)
            || !SqlTypeName.CHAR_TYPES.contains(literal.getType().getSqlTypeName())
            || !(literal.getValueAs(String.class) instanceof String text)) {
          return visited;
        }
        Matcher moment = MOMENT.matcher(text.strip());
        if (!moment.matches()) {
          return visited;
        }
        return switch (cast.getType().getSqlTypeName()) {
          case DATE ->
              rex.makeAbstractCast(cast.getType(), rex.makeLiteral(moment.group(1)), false);
          case TIMESTAMP -> time(rex, cast, moment);
          default -> visited;
        };
      }
    };
  }

  /// A day that there is not stays as it is written, and fails as such.
  private static RexNode time(RexBuilder rex, RexCall cast, Matcher moment) {
    LocalDateTime time;
    try {
      time = LocalDateTime.parse(moment.group(1) + "T" + moment.group(2));
    } catch (DateTimeParseException _) {
      return cast;
    }
    return rex.ensureType(
        cast.getType(), rex.makeTimestampLiteral(FineTimes.literal(time), FineTimes.DIGITS), true);
  }
}
