/// A comparison of two versions as the command line tells it: in words and as JSON.
///
/// Open [io.scorebook.gateway.compare.Compared] first.
@NullMarked
package io.scorebook.gateway.compare;

import org.jspecify.annotations.NullMarked;
