package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Planning;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The plans of questions asked lately. A plan depends on the domain and the question alone, not on
/// the data.
public final class PlanCache {
  private static final int MOST = 500;

  /// Of the texts of queries that are kept, in characters: a plan is larger the longer its query.
  private static final long MOST_TEXT = 4L << 20;

  private final Map<Key, Planning> plans = new LinkedHashMap<>(64, 0.75f, true);
  private long text;

  /// @param asked a question, a product's table, or SQL
  private record Key(String domainHash, Object asked) {
    int text() {
      return asked instanceof String sql ? sql.length() : 0;
    }
  }

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
      keep(key, planned);
    }
    return planned;
  }

  private void keep(Key key, Planning planned) {
    synchronized (plans) {
      if (plans.put(key, planned) == null) {
        text += key.text();
      }
      Iterator<Key> eldest = plans.keySet().iterator();
      while (plans.size() > MOST || text > MOST_TEXT) {
        text -= eldest.next().text();
        eldest.remove();
      }
    }
  }

  /// How many are kept.
  int size() {
    synchronized (plans) {
      return plans.size();
    }
  }
}
