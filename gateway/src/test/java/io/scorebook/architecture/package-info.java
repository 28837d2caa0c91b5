/// What holds for the whole project: which module may know which, whose words are spoken where, and
/// that the decisions are written down.
///
/// Open [io.scorebook.architecture.ModulesTest] first.
@NullMarked
package io.scorebook.architecture;

import org.jspecify.annotations.NullMarked;
