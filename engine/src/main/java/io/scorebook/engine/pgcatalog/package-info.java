/// PostgreSQL's system catalog as tables: what its clients read to learn which tables there are.
/// Open [SystemCatalog] first.
@NullMarked
package io.scorebook.engine.pgcatalog;

import org.jspecify.annotations.NullMarked;
