package io.scorebook.catalog.load;

/// A file as a whole cannot be used; the message says where and why. Becomes a [LoadRefused].
final class UnreadableSource extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSource(String message, Throwable cause) {
    super(message, cause);
  }

  UnreadableSource(String message) {
    super(message);
  }
}
