package io.scorebook.engine.draft.guess;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Columns of one table that hold the key of another.
///
/// @param from the name of the table that refers
/// @param to the name of the table that is referred to
/// @param role what tells this link from others between the two, as `home`; empty for the plain one
/// @param holds whether every value is there: only then the contract promises it
public record Link(
    String from,
    String to,
    List<String> fromColumns,
    List<String> toColumns,
    String role,
    boolean holds,
    String why,
    Optional<String> doubt) {
  public Link {
    fromColumns = List.copyOf(fromColumns);
    toColumns = List.copyOf(toColumns);
  }

  /// The relationship's name, as `home_team_of_order`.
  public String name() {
    return Stream.of(role, Words.ofOneRow(to), "of", Words.ofOneRow(from))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining("_"));
  }
}
