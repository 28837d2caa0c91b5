package io.scorebook.engine.answer;

import io.scorebook.engine.answer.EngineException.Kind;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what another thread makes, without losing sight of time and cancellation.
public final class Waiting {
  private static final long LOOK_MILLIS = 50;

  private Waiting() {}

  /// The result, or its failure.
  ///
  /// @param look called again and again meanwhile; throws to give up
  public static <T> T on(Future<T> result, Runnable look) {
    while (true) {
      try {
        return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        look.run();
      } catch (ExecutionException e) {
        throw asGiven(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException(Kind.CANCELLED, "Cannot go on: interrupted", e);
      }
    }
  }

  /// A known failure keeps its words, and gets the trace of the thread that waited.
  private static RuntimeException asGiven(ExecutionException failure) {
    return switch (failure.getCause()) {
      case EngineException known ->
          new EngineException(known.kind(), String.valueOf(known.getMessage()), known);
      case RuntimeException other -> other;
      case null, default ->
          new EngineException(Kind.INTERNAL, "Cannot go on: " + failure.getMessage(), failure);
    };
  }
}
