/// A semantic model as records: what an Ossie document says, once it has been read and checked.
///
/// Open [io.scorebook.semantic.model.SemanticModel] first. The documents are read by
/// [io.scorebook.semantic.model.OssieReader]; what it cannot check by itself (names, keys,
/// expressions) the rules of `check` do.
@NullMarked
package io.scorebook.semantic.model;

import org.jspecify.annotations.NullMarked;
