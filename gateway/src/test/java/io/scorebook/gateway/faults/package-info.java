/// Faults of the object store, made by a proxy in front of it: whatever call fails in whatever way,
/// a load is published whole or not at all and an answer is right or refused. Open
/// [io.scorebook.gateway.faults.FaultsContract] first.
@NullMarked
package io.scorebook.gateway.faults;

import org.jspecify.annotations.NullMarked;
