/// Tests of what clients of Arrow Flight SQL carry.
@NullMarked
package io.scorebook.gateway.flight;

import org.jspecify.annotations.NullMarked;
