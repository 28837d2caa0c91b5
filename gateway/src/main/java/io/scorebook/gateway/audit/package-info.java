/// What the gateway remembers of each question: open [io.scorebook.gateway.audit.AuditWitness]
/// first.
@NullMarked
package io.scorebook.gateway.audit;

import org.jspecify.annotations.NullMarked;
