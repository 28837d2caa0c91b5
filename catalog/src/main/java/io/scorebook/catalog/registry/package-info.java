/// The registry of data products: what is offered, by whom, in which version, and the contract that
/// each output port comes with.
///
/// Open [io.scorebook.catalog.registry.Product] first, then
/// [io.scorebook.catalog.registry.ProductReader]. Whether the metrics and datasets that a port
/// names exist is not known here: the registry does not know the semantic model.
@NullMarked
package io.scorebook.catalog.registry;

import org.jspecify.annotations.NullMarked;
