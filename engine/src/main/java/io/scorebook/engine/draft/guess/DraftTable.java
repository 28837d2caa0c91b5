package io.scorebook.engine.draft.guess;

import io.scorebook.engine.draft.profile.TableProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table as the draft has it.
///
/// @param name in SQL, also that of its dataset
/// @param roles of all columns
/// @param label the column by which people call a row, of which no two are alike
public record DraftTable(
    TableProfile profile,
    String name,
    List<DraftColumn> columns,
    List<Nameless> unusable,
    KeyGuess key,
    Map<DraftColumn, RoleGuess> roles,
    Optional<Label> label) {
  public DraftTable {
    columns = List.copyOf(columns);
    unusable = List.copyOf(unusable);
    roles = Map.copyOf(roles);
  }

  /// A column that no contract can hold.
  public record Nameless(String column, String why) {}

  /// @param unique whether no two rows have the same; where not, a load makes them different
  public record Label(DraftColumn column, boolean unique, String why) {}

  /// The name of one row.
  public String one() {
    return Words.ofOneRow(name);
  }

  public RoleGuess role(DraftColumn column) {
    RoleGuess role = roles.get(column);
    if (role == null) {
      throw new IllegalArgumentException("Invalid column %s of %s".formatted(column.name(), name));
    }
    return role;
  }

  /// Rows that a load will reject, at most.
  public long rejected() {
    return profile.malformed()
        + key.conflicts()
        + columns.stream().mapToLong(column -> column.type().misfits()).sum();
  }
}
