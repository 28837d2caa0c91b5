/// Questions about a domain over rows that are given, without a home: for the tests that ship with
/// a model. Open [io.scorebook.engine.rehearsal.Rehearsal] first.
@NullMarked
package io.scorebook.engine.rehearsal;

import org.jspecify.annotations.NullMarked;
