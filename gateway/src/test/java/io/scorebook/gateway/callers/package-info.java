@NullMarked
package io.scorebook.gateway.callers;

import org.jspecify.annotations.NullMarked;
