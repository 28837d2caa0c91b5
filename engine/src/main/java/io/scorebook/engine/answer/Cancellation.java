package io.scorebook.engine.answer;

import org.jspecify.annotations.Nullable;

/// Ends the work of a question from another thread; before it begins, while it runs, or never.
public final class Cancellation {
  private boolean cancelled;
  private @Nullable Runnable action;

  /// Asks the work to end. Safe to call at any time, more than once.
  public synchronized void cancel() {
    cancelled = true;
    if (action != null) {
      action.run();
    }
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /// What to do when the work shall end; done at once where it was asked for already.
  public synchronized void onCancel(Runnable action) {
    this.action = action;
    if (cancelled) {
      action.run();
    }
  }
}
