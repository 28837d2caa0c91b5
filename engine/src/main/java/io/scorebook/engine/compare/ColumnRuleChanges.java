package io.scorebook.engine.compare;

import io.scorebook.catalog.policy.Audience;
import io.scorebook.catalog.policy.ColumnRule;
import io.scorebook.catalog.policy.GroupSizeRule;
import io.scorebook.catalog.policy.Mask;
import io.scorebook.documents.Location;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.compare.Level;
import java.math.BigDecimal;
import java.util.Optional;

/// What becomes of a column or a small group, and for whom. Of two masks that are not the same,
/// neither shows more, but for ranges that are parts of others.
final class ColumnRuleChanges {
  private ColumnRuleChanges() {}

  static Optional<Change> column(
      String name, Optional<ColumnRule> before, Optional<ColumnRule> after, Location at) {
    Audience sawAll = before.map(ColumnRule::except).orElse(Reach.EVERYONE);
    Audience seesAll = after.map(ColumnRule::except).orElse(Reach.EVERYONE);
    Optional<Level> ofWhom = ofWhom(sawAll, seesAll);
    Optional<Level> ofWhat =
        before.flatMap(was -> after.flatMap(is -> ofWhat(was.mask(), is.mask())));
    return strongest(ofWhom, ofWhat)
        .map(level ->
            Change.of(
                level,
                Kind.POLICY,
                name,
                What.ACCESS,
                level == Level.MAJOR
                    ? "the column no longer shows what it did"
                    : "the column shows more",
                words(before),
                words(after),
                at));
  }

  static Optional<Change> groupSize(
      String metric, Optional<GroupSizeRule> before, Optional<GroupSizeRule> after, Location at) {
    Optional<Level> ofWhom =
        ofWhom(
            before.map(GroupSizeRule::except).orElse(Reach.EVERYONE),
            after.map(GroupSizeRule::except).orElse(Reach.EVERYONE));
    Optional<Level> ofWhat =
        before.flatMap(was ->
            after.flatMap(is -> {
              if (!was.of().equalsIgnoreCase(is.of()) || was.atLeast() < is.atLeast()) {
                return Optional.of(Level.MAJOR);
              }
              return was.atLeast() > is.atLeast() ? Optional.of(Level.MINOR) : Optional.empty();
            }));
    return strongest(ofWhom, ofWhat)
        .map(level ->
            Change.of(
                level,
                Kind.POLICY,
                metric,
                What.ACCESS,
                level == Level.MAJOR
                    ? "the metric is no longer told of all groups that it was"
                    : "the metric is told of more groups",
                groups(before),
                groups(after),
                at));
  }

  private static Optional<Level> strongest(Optional<Level> one, Optional<Level> other) {
    return one.filter(level -> level == Level.MAJOR || other.isEmpty()).or(() -> other);
  }

  private static Optional<Level> ofWhom(Audience before, Audience after) {
    if (!Reach.beyond(before, after).isEmpty()) {
      return Optional.of(Level.MAJOR);
    }
    return Reach.beyond(after, before).isEmpty() ? Optional.empty() : Optional.of(Level.MINOR);
  }

  /// @param before absent where the column was not there
  private static Optional<Level> ofWhat(Optional<Mask> before, Optional<Mask> after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    boolean more =
        before.isEmpty()
            || after.isPresent() && showsMore(before.orElseThrow(), after.orElseThrow());
    return Optional.of(more ? Level.MINOR : Level.MAJOR);
  }

  private static boolean showsMore(Mask before, Mask after) {
    return switch (before) {
      case Mask.Nothing _ -> !(after instanceof Mask.Constant);
      case Mask.Bucket(BigDecimal wide) ->
          after instanceof Mask.Bucket(BigDecimal narrow) && wide.remainder(narrow).signum() == 0;
      case Mask.Period(Mask.Period.Unit wide) ->
          after instanceof Mask.Period(Mask.Period.Unit narrow) && narrow.compareTo(wide) < 0;
      case Mask.Hash _, Mask.Partial _, Mask.Constant _ -> false;
    };
  }

  private static String words(Optional<ColumnRule> rule) {
    return rule.map(found ->
            found.mask().map(ColumnRuleChanges::words).orElse("not there")
                + Reach.but(found.except()))
        .orElse("as it is");
  }

  private static String words(Mask mask) {
    return mask instanceof Mask.Constant(String text)
        ? "the constant '%s'".formatted(text)
        : mask.words();
  }

  private static String groups(Optional<GroupSizeRule> rule) {
    return rule.map(found ->
            "of at least %d different %s%s"
                .formatted(found.atLeast(), found.of(), Reach.but(found.except())))
        .orElse("of all groups");
  }
}
