@NullMarked
package io.scorebook.semantic.exports;

import org.jspecify.annotations.NullMarked;
