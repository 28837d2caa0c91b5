/// The standard's own example model on the tables that it was written for. Open
/// [TpcdsModelTest][io.scorebook.engine.tpcds.TpcdsModelTest] first.
@NullMarked
package io.scorebook.engine.tpcds;

import org.jspecify.annotations.NullMarked;
