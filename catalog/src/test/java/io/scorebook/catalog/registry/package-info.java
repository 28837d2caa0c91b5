@NullMarked
package io.scorebook.catalog.registry;

import org.jspecify.annotations.NullMarked;
