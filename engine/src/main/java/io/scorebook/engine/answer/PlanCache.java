package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Planning;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The plans of questions asked lately. A plan depends on the domain and the question alone, not on
/// the data.
public final class PlanCache {
  private static final int MOST = 500;

  private final Map<Key, Planning> plans =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Planning> eldest) {
          return size() > MOST;
        }
      };

  /// @param asked a question, a product's table, or SQL
  private record Key(String domainHash, Object asked) {}

  /// The plan that is kept for what is asked, else a new one; refusals are not kept.
  public Planning plan(String domainHash, Object asked, Supplier<Planning> planner) {
    var key = new Key(domainHash, asked);
    synchronized (plans) {
      Planning known = plans.get(key);
      if (known != null) {
        return known;
      }
    }
    Planning planned = planner.get();
    if (planned instanceof Planning.Planned) {
      synchronized (plans) {
        plans.put(key, planned);
      }
    }
    return planned;
  }
}
