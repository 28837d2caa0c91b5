@NullMarked
package io.scorebook.gateway.audit;

import org.jspecify.annotations.NullMarked;
