package io.scorebook.semantic.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/// `'2024-01-31T10:30:00Z'` where a date or a time is meant, as tools write the moments of their
/// pickers: a time of UTC, and of a date the day, as PostgreSQL reads them.
final class ZonedTexts {
  private static final Pattern UTC =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,3})?)(?:Z|\\+00(?::?00)?)");

  private ZonedTexts() {}

  /// Writes such literals as a cast of them reads them.
  static RexShuttle expansion(RexBuilder rex) {
    return new RexShuttle() {
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
        Matcher utc = UTC.matcher(text.strip());
        if (!utc.matches()) {
          return visited;
        }
        return switch (cast.getType().getSqlTypeName()) {
          case DATE -> rex.makeAbstractCast(cast.getType(), rex.makeLiteral(utc.group(1)), false);
          case TIMESTAMP ->
              rex.makeAbstractCast(
                  cast.getType(), rex.makeLiteral(utc.group(1) + " " + utc.group(2)), false);
          default -> visited;
        };
      }
    };
  }
}
