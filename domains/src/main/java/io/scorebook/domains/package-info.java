/// The sample domain: its files, and an invented league of as many seasons as are wanted, in the
/// form in which such data is found in the wild.
///
/// Open [io.scorebook.domains.SampleLeague] first.
@NullMarked
package io.scorebook.domains;

import org.jspecify.annotations.NullMarked;
