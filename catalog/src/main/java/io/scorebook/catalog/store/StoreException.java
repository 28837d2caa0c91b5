package io.scorebook.catalog.store;

import org.jspecify.annotations.Nullable;

/// The object store or the catalog could not do what was asked. The message says what was being
/// done; it never holds keys or passwords.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What kind of failure it is.
  public enum Kind {
    /// Nothing answers at the endpoint of the object store.
    STORE_AWAY,
    /// The object store refuses: wrong or missing keys, or no right to read or write.
    STORE_REFUSES,
    /// The disk or the quota of the object store is full.
    STORE_FULL,
    /// An object that the catalog names is not there.
    OBJECT_MISSING,
    /// The store gives other bytes than were written.
    OBJECT_CORRUPT,
    /// The catalog does not answer or fails.
    CATALOG_AWAY,
    /// The catalog refuses: a wrong or missing token or credential, or no right to do this.
    CATALOG_REFUSES,
    /// Another process holds the catalog for too long.
    CATALOG_LOCKED,
    /// There is no such table, snapshot or branch.
    NOT_FOUND,
    /// Others changed the table at the same time, again and again.
    CONFLICT,
    /// Nobody can tell whether a commit happened: look before trying again.
    STATE_UNKNOWN,
    /// The table holds something that this version does not read.
    UNSUPPORTED,
    /// Anything else from outside.
    FAILED
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
