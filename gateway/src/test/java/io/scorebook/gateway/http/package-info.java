@NullMarked
package io.scorebook.gateway.http;

import org.jspecify.annotations.NullMarked;
