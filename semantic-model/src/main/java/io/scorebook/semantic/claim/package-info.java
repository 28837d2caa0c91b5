/// What a model says of its data, to be proven on the data: open
/// [io.scorebook.semantic.claim.Claim] first. How each is looked into is
/// [io.scorebook.semantic.plan.Proof].
@NullMarked
package io.scorebook.semantic.claim;

import org.jspecify.annotations.NullMarked;
