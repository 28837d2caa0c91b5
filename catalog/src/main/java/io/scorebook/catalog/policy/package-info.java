/// Who may read what in a domain: its `policies.yaml`, read and checked for form, and what it comes
/// to for one who asks.
///
/// Open [io.scorebook.catalog.policy.Policies] first; [io.scorebook.catalog.policy.Access] is what
/// others go by. Conditions are texts here: that they are right for their tables is found where SQL
/// is known.
@NullMarked
package io.scorebook.catalog.policy;

import org.jspecify.annotations.NullMarked;
