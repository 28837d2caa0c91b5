package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `SHOW` tells.
final class Shown {
  private Shown() {}

  /// @param name of a setting, or `all`
  static RowSource of(Settings settings, String name) {
    var rows = new ArrayList<List<@Nullable Object>>();
    if (name.equals("all")) {
      settings.all().forEach((each, value) -> rows.add(List.of(each, value, "")));
      return RowSource.of(List.of(text("name"), text("setting"), text("description")), rows);
    }
    rows.add(
        List.of(
            settings
                .get(name)
                .orElseThrow(() ->
                    new ProblemException(
                        ErrorCode.UNSUPPORTED,
                        "Cannot show '%s': there is no such setting".formatted(name)))));
    return RowSource.of(List.of(text(name)), rows);
  }

  private static Field text(String name) {
    return new Field(name, PgType.TEXT, false, -1);
  }
}
