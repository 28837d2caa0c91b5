package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;

/// The savepoints of a transaction, the last one last. Nothing is written, so that one is no more
/// than a name and what was open before it.
final class Savepoints {
  private static final int MOST = 1000;

  private final Deque<Savepoint> kept = new ArrayDeque<>();

  /// @param open what was open before it
  private record Savepoint(String name, Set<Portal> open) {}

  /// @throws ProblemException where there are too many
  void keep(String name, Collection<Portal> open) {
    if (kept.size() >= MOST) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot keep more than %d savepoints; release some".formatted(MOST));
    }
    kept.addLast(new Savepoint(name, Set.copyOf(open)));
  }

  /// Ends the last one of a name, and those that were made after it.
  ///
  /// @throws ProblemException where there is none
  void release(String name) {
    endBehind(name);
    kept.removeLast();
  }

  /// Ends those that were made after the last one of a name, which stays.
  ///
  /// @return what was open before it
  /// @throws ProblemException where there is none
  Set<Portal> goBackTo(String name) {
    endBehind(name);
    return kept.getLast().open();
  }

  private void endBehind(String name) {
    if (kept.stream().noneMatch(each -> each.name().equals(name))) {
      throw new ProblemException(
          ErrorCode.NO_SUCH_SAVEPOINT, "Cannot find the savepoint '%s'".formatted(name));
    }
    while (!kept.getLast().name().equals(name)) {
      kept.removeLast();
    }
  }

  /// With their transaction.
  void clear() {
    kept.clear();
  }
}
