@NullMarked
package io.scorebook.gateway.wire;

import org.jspecify.annotations.NullMarked;
