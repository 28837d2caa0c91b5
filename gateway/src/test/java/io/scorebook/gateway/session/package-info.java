@NullMarked
package io.scorebook.gateway.session;

import org.jspecify.annotations.NullMarked;
