package io.scorebook.catalog.load;

/// A file as a whole cannot be used; the message says where and why. A load becomes a
/// [LoadRefused].
public final class UnreadableSource extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSource(String message, Throwable cause) {
    super(message, cause);
  }

  UnreadableSource(String message) {
    super(message);
  }

  /// What is wrong, with the file and where it can be told the line.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
