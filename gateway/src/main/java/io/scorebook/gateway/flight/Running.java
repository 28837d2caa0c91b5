package io.scorebook.gateway.flight;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is being given, by the ids of its tickets, so that another call can end it.
final class Running {
  private final Map<String, Set<Streaming>> running = new ConcurrentHashMap<>();

  void add(String id, Streaming streaming) {
    running.compute(
        id,
        (_, before) -> {
          Set<Streaming> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(streaming);
          return all;
        });
  }

  void remove(String id, Streaming streaming) {
    running.computeIfPresent(
        id,
        (_, all) -> {
          all.remove(streaming);
          return all.isEmpty() ? null : all;
        });
  }

  /// Ends what runs of one ticket.
  ///
  /// @return whether anything did
  boolean cancel(String id) {
    // A copy: what ends by it leaves the set at once.
    List<Streaming> all = List.copyOf(running.getOrDefault(id, Set.of()));
    all.forEach(Streaming::cancel);
    return !all.isEmpty();
  }

  void cancelAll() {
    running.values().forEach(all -> all.forEach(Streaming::cancel));
  }
}
