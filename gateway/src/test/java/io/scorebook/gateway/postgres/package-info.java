@NullMarked
package io.scorebook.gateway.postgres;

import org.jspecify.annotations.NullMarked;
