@NullMarked
package io.scorebook.gateway.modeltest;

import org.jspecify.annotations.NullMarked;
