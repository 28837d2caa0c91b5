package io.scorebook.engine.openlineage;

/// A target that answers will not take this event, however often it is sent.
final class RefusedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
