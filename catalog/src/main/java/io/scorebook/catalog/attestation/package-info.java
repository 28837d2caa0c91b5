/// What was found when declarations were looked into on given snapshots, kept beside the data: open
/// [io.scorebook.catalog.attestation.Attestations] first.
@NullMarked
package io.scorebook.catalog.attestation;

import org.jspecify.annotations.NullMarked;
