@NullMarked
package io.scorebook.catalog.policy;

import org.jspecify.annotations.NullMarked;
