/// Whether products are as they promise. Open [io.scorebook.engine.quality.Inspection] first, which
/// measures; [io.scorebook.engine.quality.QualityBook] knows what was measured and tells answers.
@NullMarked
package io.scorebook.engine.quality;

import org.jspecify.annotations.NullMarked;
