/// A domain's folder, read and cross-checked: the model against the contracts of its tables, the
/// products against the model.
///
/// Open [io.scorebook.engine.domain.Domain] first.
@NullMarked
package io.scorebook.engine.domain;

import org.jspecify.annotations.NullMarked;
