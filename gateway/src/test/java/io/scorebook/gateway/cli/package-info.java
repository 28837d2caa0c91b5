@NullMarked
package io.scorebook.gateway.cli;

import org.jspecify.annotations.NullMarked;
