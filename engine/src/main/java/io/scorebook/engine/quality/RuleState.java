package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.engine.domain.BoundRule;
import java.util.Optional;

/// A rule of quality as it stands.
///
/// @param measured the newest measurement; absent where there is none
/// @param isCurrent whether that was on the snapshots at hand
/// @param isHidden whether the caller may not know what was measured, since something of the tables
///   is kept from him
public record RuleState(
    BoundRule rule, Optional<Measured> measured, boolean isCurrent, boolean isHidden) {}
