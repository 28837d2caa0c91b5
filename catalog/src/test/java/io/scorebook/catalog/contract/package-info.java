@NullMarked
package io.scorebook.catalog.contract;

import org.jspecify.annotations.NullMarked;
