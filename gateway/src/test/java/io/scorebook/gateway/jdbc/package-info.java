@NullMarked
package io.scorebook.gateway.jdbc;

import org.jspecify.annotations.NullMarked;
