@NullMarked
package io.scorebook.gateway.reading;

import org.jspecify.annotations.NullMarked;
