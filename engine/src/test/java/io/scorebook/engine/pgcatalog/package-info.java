@NullMarked
package io.scorebook.engine.pgcatalog;

import org.jspecify.annotations.NullMarked;
