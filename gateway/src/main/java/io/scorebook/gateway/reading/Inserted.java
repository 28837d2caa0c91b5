package io.scorebook.gateway.reading;

import io.scorebook.engine.answer.Rows;
import io.scorebook.gateway.session.OpenAnswer;
import org.jspecify.annotations.Nullable;

/// Rows that were all added.
final class Inserted implements Rows {
  private final OpenAnswer added;

  Inserted(OpenAnswer added) {
    this.added = added;
  }

  @Override
  public boolean next() {
    return added.next();
  }

  @Override
  public @Nullable Object value(int column) {
    return column == 0 ? Difference.INSERT : added.value(column - 1);
  }

  @Override
  public void close() {
    added.close();
  }
}
