package io.scorebook.engine.draft.profile;

import io.scorebook.engine.draft.profile.ColumnProfile.Example;
import java.util.List;
import java.util.Optional;

/// What the files of one table hold.
///
/// @param rows that can be taken apart
/// @param distinctRows how many of them differ in any column; a load counts the others once
/// @param malformed rows that cannot be taken apart
/// @param firstMalformed one of those, with the reason
public record TableProfile(
    TableFiles table,
    int number,
    List<ColumnProfile> columns,
    long rows,
    long distinctRows,
    long malformed,
    Optional<Example> firstMalformed) {
  public TableProfile {
    columns = List.copyOf(columns);
  }

  public String fileNames() {
    List<String> names = table.files().stream().map(SourceFile::name).toList();
    return names.size() <= 3
        ? String.join(", ", names)
        : "%s and %d more".formatted(String.join(", ", names.subList(0, 2)), names.size() - 2);
  }
}
