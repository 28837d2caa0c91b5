/// Questions about the sample domain, each beside SQL that was written by hand over the raw files
/// and must give the same rows: the measure that the semantic layer is held against.
///
/// Open [io.scorebook.domains.expected.IndependentAnswers] first, then the `.sql` files beside it.
@NullMarked
package io.scorebook.domains.expected;

import org.jspecify.annotations.NullMarked;
