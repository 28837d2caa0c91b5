/// Every metric of the sample, at many groupings, against SQL written by hand over the raw files.
///
/// Open [io.scorebook.engine.agreement.AgreementTest] first.
@NullMarked
package io.scorebook.engine.agreement;

import org.jspecify.annotations.NullMarked;
