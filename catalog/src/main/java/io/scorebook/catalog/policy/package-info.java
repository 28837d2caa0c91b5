/// Who may read what in a domain: the grants of its `policies.yaml`.
///
/// Open [io.scorebook.catalog.policy.Policies] first. Row filters and column masks are not known
/// yet; a file that has some is refused, never read as if it had none.
@NullMarked
package io.scorebook.catalog.policy;

import org.jspecify.annotations.NullMarked;
