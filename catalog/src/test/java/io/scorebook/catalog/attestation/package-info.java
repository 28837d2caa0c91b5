@NullMarked
package io.scorebook.catalog.attestation;

import org.jspecify.annotations.NullMarked;
