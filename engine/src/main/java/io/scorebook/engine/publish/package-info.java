/// Publishing: what may follow what, and the domains as everyone sees them since.
///
/// Open [io.scorebook.engine.publish.PublishedDomains] first, then
/// [io.scorebook.engine.publish.VersionRules].
@NullMarked
package io.scorebook.engine.publish;

import org.jspecify.annotations.NullMarked;
