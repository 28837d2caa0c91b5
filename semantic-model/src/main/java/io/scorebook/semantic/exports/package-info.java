/// Models as documents for other houses, with a report of what their readers would misread.
///
/// Open [io.scorebook.semantic.exports.OssieExport] first.
@NullMarked
package io.scorebook.semantic.exports;

import org.jspecify.annotations.NullMarked;
