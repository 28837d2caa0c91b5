/// Random models, data and questions, answered by planner and engines and by brute force, which
/// shares no code with them: it is written from the words of the model guide.
///
/// Open [io.scorebook.engine.agreement.random.RandomAgreementTest] first, then
/// [io.scorebook.engine.agreement.random.BruteForce].
@NullMarked
package io.scorebook.engine.agreement.random;

import org.jspecify.annotations.NullMarked;
