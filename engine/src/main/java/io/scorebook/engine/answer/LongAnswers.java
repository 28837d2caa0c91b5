package io.scorebook.engine.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers of some thousand rows, which are read piece by piece: the one that was read the longest
/// ago goes first, however often it was read, since who has read it to its end will not come back.
/// Safe to share.
final class LongAnswers<K> {
  private record Weighed(List<@Nullable Object[]> rows, int bytes) {}

  private final long most;
  private final Map<K, Weighed> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /// @param most bytes of all of them
  LongAnswers(long most) {
    this.most = most;
  }

  synchronized @Nullable List<@Nullable Object[]> find(K key) {
    Weighed found = answers.get(key);
    return found == null ? null : found.rows();
  }

  synchronized void keep(K key, List<@Nullable Object[]> rows, int weight) {
    Weighed before = answers.put(key, new Weighed(rows, weight));
    bytes += weight - (before == null ? 0 : before.bytes());
    var oldest = answers.values().iterator();
    while (bytes > most && oldest.hasNext()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
