/// Local copies of data files, which never change once written.
///
/// Open [io.scorebook.engine.files.FileCache] first.
@NullMarked
package io.scorebook.engine.files;

import org.jspecify.annotations.NullMarked;
