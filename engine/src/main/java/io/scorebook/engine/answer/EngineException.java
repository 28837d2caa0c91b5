package io.scorebook.engine.answer;

import org.jspecify.annotations.Nullable;

/// A question that was right to ask failed on the way: not the asker's mistake.
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Kind kind;

  /// Why.
  public enum Kind {
    TIMEOUT,
    CANCELLED,
    OUT_OF_MEMORY,
    /// The local cache of data files has no room.
    CACHE_FULL,
    /// Object storage or the catalog did not answer, or not rightly.
    STORE_UNAVAILABLE,
    /// There is no snapshot as early as the question is asked of.
    NO_SNAPSHOT,
    /// The snapshot that is asked for is not there, or not any more.
    EXPIRED,
    /// A value that the declared type cannot hold, as an overflow; said rather than wrong.
    DATA,
    /// It would read more rows than the asker may.
    TOO_LARGE,
    /// The engine does not have what the plan needs, or means something else by it.
    UNSUPPORTED,
    INTERNAL
  }

  public EngineException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
