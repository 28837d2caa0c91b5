package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.AssumedKey;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells of a key that more than one row has.
public final class DuplicateKeys {
  private DuplicateKeys() {}

  /// What is wrong with a key; empty where it holds.
  ///
  /// @param search the plan that looked for it
  /// @param rows what it found; left open
  public static List<Issue> issues(AssumedKey key, Plan search, Rows rows) {
    if (!rows.next()) {
      return List.of();
    }
    var values = new ArrayList<String>();
    for (int i = 0; i < search.columns().size(); i++) {
      values.add("%s = %s".formatted(search.columns().get(i).name(), rows.value(i)));
    }
    return List.of(
        new Issue(
            Issue.Code.DUPLICATE_KEY,
            "Cannot rely on the key (%s) of '%s': more than one row has it (%s); mend the data or"
                    .formatted(
                        String.join(", ", key.columns()), key.dataset(), String.join(", ", values))
                + " the model",
            Optional.of(key.dataset()),
            List.of(),
            Optional.empty()));
  }
}
