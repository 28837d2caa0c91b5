package io.scorebook.gateway.flight;

import io.scorebook.engine.answer.Cancellation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is being answered, by the ids of its tickets, so that another call can end it.
final class Running {
  private final Map<String, Set<Cancellation>> running = new ConcurrentHashMap<>();

  void add(String id, Cancellation cancellation) {
    running.compute(
        id,
        (_, before) -> {
          Set<Cancellation> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(cancellation);
          return all;
        });
  }

  void remove(String id, Cancellation cancellation) {
    running.computeIfPresent(
        id,
        (_, all) -> {
          all.remove(cancellation);
          return all.isEmpty() ? null : all;
        });
  }

  /// Ends what runs of one ticket.
  ///
  /// @return whether anything did
  boolean cancel(String id) {
    Set<Cancellation> all = running.getOrDefault(id, Set.of());
    all.forEach(Cancellation::cancel);
    return !all.isEmpty();
  }

  void cancelAll() {
    running.values().forEach(all -> all.forEach(Cancellation::cancel));
  }
}
