package io.scorebook.gateway.cli;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.engine.publish.Outcome.Reason;
import io.scorebook.semantic.compare.Change;
import java.util.ArrayList;
import java.util.List;

/// What became of a publication, in lines of text.
final class PublishWords {
  private PublishWords() {}

  /// A reason with the changes behind it, old and new.
  static List<String> lines(Reason reason) {
    var lines = new ArrayList<String>();
    lines.add("%s: error: %s".formatted(reason.at(), reason.message()));
    for (Change change : reason.changes()) {
      lines.add("  %s: %s".formatted(change.at(), change));
      boolean isInTheMessage =
          switch (change.what()) {
            case RENAMED, ADDED, REMOVED -> true;
            case RETYPED, GRAIN, FORMULA, REACH, ACCESS, STATUS, WORDS -> false;
          };
      if (!isInTheMessage && change.through().isEmpty()) {
        change.before().ifPresent(was -> lines.add("      was  " + was));
        change.after().ifPresent(is -> lines.add("      is   " + is));
      }
    }
    return lines;
  }

  /// The versions that stand, a line each.
  static List<String> versions(Publication publication) {
    return publication.versions().stream()
        .map(version ->
            "  %s  %s%s".formatted(version.name(), version.status().word(), ending(version)))
        .toList();
  }

  private static String ending(PublishedVersion version) {
    return version.sunset().map(end -> ", until " + end).orElse("")
        + version.successor().map(next -> ", then " + next).orElse("")
        + (version.pinned().isEmpty() ? "" : ", pinned");
  }
}
