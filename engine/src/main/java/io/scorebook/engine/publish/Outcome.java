package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Location;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.compare.Change;
import java.util.List;

/// What became of a publication.
public sealed interface Outcome {
  /// It stands.
  ///
  /// @param changes since the publication before, the breaking first
  record Published(Domain domain, Publication publication, List<Change> changes)
      implements Outcome {
    public Published {
      changes = List.copyOf(changes);
    }
  }

  /// The same was published already; nothing was done.
  record Unchanged(Domain domain, Publication publication) implements Outcome {}

  /// The documents have mistakes; nothing was done.
  record Invalid(List<Finding> findings) implements Outcome {
    public Invalid {
      findings = List.copyOf(findings);
    }
  }

  /// It contradicts what is published; nothing was done.
  record Refused(List<Reason> reasons) implements Outcome {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }

  /// Why something may not follow what is published.
  ///
  /// @param message a sentence, with the version to take
  /// @param changes that are behind it
  record Reason(Location at, String message, List<Change> changes) {
    public Reason {
      changes = List.copyOf(changes);
    }
  }
}
