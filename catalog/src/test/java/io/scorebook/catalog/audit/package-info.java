@NullMarked
package io.scorebook.catalog.audit;

import org.jspecify.annotations.NullMarked;
