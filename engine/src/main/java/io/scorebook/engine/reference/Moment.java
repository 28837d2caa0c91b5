package io.scorebook.engine.reference;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/// Writes the moment of the question, in UTC, in the place of CURRENT_DATE and the like: one for
/// the whole plan.
final class Moment extends RexShuttle {
  private final RexBuilder rex;
  private final LocalDateTime now;

  private Moment(RexBuilder rex, Instant now) {
    this.rex = rex;
    this.now = LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  static RelNode in(RelNode plan, Instant now) {
    var moment = new Moment(plan.getCluster().getRexBuilder(), now);
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(moment);
          }
        });
  }

  @Override
  public RexNode visitCall(RexCall call) {
    return switch (call.getOperator().getName()) {
      case "CURRENT_DATE" -> rex.makeDateLiteral(new DateString(now.toLocalDate().toString()));
      case "CURRENT_TIMESTAMP" ->
          rex.makeTimestampLiteral(
              TimestampString.fromMillisSinceEpoch(now.toInstant(ZoneOffset.UTC).toEpochMilli()),
              3);
      case "CURRENT_TIME" ->
          rex.makeTimeLiteral(
              TimeString.fromMillisOfDay((int) (now.toLocalTime().toNanoOfDay() / 1_000_000)), 3);
      default -> super.visitCall(call);
    };
  }
}
