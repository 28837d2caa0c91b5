package io.scorebook.semantic.compare;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that is not as it was.
///
/// @param name of the thing, within its kind: `revenue`, `sales.amount`, `standings_v1.standings`;
///   where it was renamed, the old one
/// @param message a sentence, with the names in it
/// @param before how it was, as it is written; absent for what was added
/// @param after how it is
/// @param through for what is written as before but means something else: the things it is made of
///   that changed
/// @param at where it is written now, or was where it is gone
public record Change(
    Level level,
    Kind kind,
    String name,
    What what,
    String message,
    Optional<String> before,
    Optional<String> after,
    List<String> through,
    Location at) {

  public Change {
    through = List.copyOf(through);
  }

  /// What can change.
  public enum Kind {
    MODEL,
    DATASET,
    FIELD,
    DIMENSION,
    RELATIONSHIP,
    METRIC,
    PRODUCT,
    PORT,
    COLUMN,
    POLICY;

    /// As documents write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// In which way.
  public enum What {
    ADDED,
    REMOVED,
    RENAMED,
    RETYPED,
    /// Other rows, or rows that something else identifies.
    GRAIN,
    /// Other values than before.
    FORMULA,
    /// What it may be grouped, filtered or joined by.
    REACH,
    /// Who may read it.
    ACCESS,
    /// A later or earlier stage of its life.
    STATUS,
    WORDS;

    /// As documents write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// `major: metric 'revenue': ...`
  @Override
  public String toString() {
    return "%s: %s".formatted(level.word(), message);
  }

  public static Change added(Kind kind, String name, String after, Location at) {
    return new Change(
        Level.MINOR,
        kind,
        name,
        What.ADDED,
        "%s '%s' was added".formatted(kind.word(), name),
        Optional.empty(),
        Optional.of(after),
        List.of(),
        at);
  }

  public static Change removed(Kind kind, String name, String before, Location at) {
    return new Change(
        Level.MAJOR,
        kind,
        name,
        What.REMOVED,
        "%s '%s' was removed".formatted(kind.word(), name),
        Optional.of(before),
        Optional.empty(),
        List.of(),
        at);
  }

  public static Change renamed(Kind kind, String name, String now, Location at) {
    return new Change(
        Level.MAJOR,
        kind,
        name,
        What.RENAMED,
        "%s '%s' is called '%s' now, and means the same".formatted(kind.word(), name, now),
        Optional.of(name),
        Optional.of(now),
        List.of(),
        at);
  }

  /// A change from one text to another; the empty text for none.
  ///
  /// @param how what happened, to follow the thing's name in a sentence
  public static Change of(
      Level level,
      Kind kind,
      String name,
      What what,
      String how,
      String before,
      String after,
      Location at) {
    return new Change(
        level,
        kind,
        name,
        what,
        "%s '%s': %s".formatted(kind.word(), name, how),
        before.isEmpty() ? Optional.empty() : Optional.of(before),
        after.isEmpty() ? Optional.empty() : Optional.of(after),
        List.of(),
        at);
  }

  /// A constant's name as messages write it.
  public static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
