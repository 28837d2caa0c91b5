/// From a question to one relational plan that no engine has a hand in.
///
/// Open [io.scorebook.semantic.plan.Planner] first.
@NullMarked
package io.scorebook.semantic.plan;

import org.jspecify.annotations.NullMarked;
