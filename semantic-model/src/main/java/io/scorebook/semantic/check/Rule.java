package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;

/// One thing that can be wrong with a model.
///
/// A rule says nothing about what another rule reports: a name that is unknown is one finding, not
/// one for each rule that meets it.
interface Rule {
  void check(Subject subject, Findings findings);
}
