/// Models of other houses as drafts of a domain, with a report that says of each construct whether
/// it means the same here.
///
/// Open [io.scorebook.semantic.imports.MetricFlowImport] or
/// [io.scorebook.semantic.imports.CubeImport] first. Both make a
/// [io.scorebook.semantic.imports.Draft], by way of [io.scorebook.semantic.imports.Drafting], which
/// leaves out what the checks of a model refuse.
@NullMarked
package io.scorebook.semantic.imports;

import org.jspecify.annotations.NullMarked;
