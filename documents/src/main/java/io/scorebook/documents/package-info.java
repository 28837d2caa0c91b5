/// Documents that people write (YAML, JSON), read with the place of every value, and what is found
/// wrong with them. Open [io.scorebook.documents.Document] first, then
/// [io.scorebook.documents.Finding].
@NullMarked
package io.scorebook.documents;

import org.jspecify.annotations.NullMarked;
