/// What came of rules of quality, and the history of KPIs, kept beside the data: open
/// [io.scorebook.catalog.quality.Measurements] first.
@NullMarked
package io.scorebook.catalog.quality;

import org.jspecify.annotations.NullMarked;
