package io.scorebook.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PlanCacheTest {
  private static final Plan PLAN = new Plans(Map.of()).sql("SELECT 1 AS n");

  private final PlanCache cache = new PlanCache();
  private final AtomicInteger planned = new AtomicInteger();

  private Planning plan(String sql) {
    return cache.plan(
        "domain",
        sql,
        () -> {
          planned.incrementAndGet();
          return new Planning.Planned(PLAN);
        });
  }

  @Test
  void keepsWhatIsAskedAgain() {
    for (int i = 0; i < 3; i++) {
      plan("SELECT 1");
    }
    assertThat(planned).hasValue(1);
    cache.plan("domain", "SELECT", () -> new Planning.Rejected(List.of()));
    assertThat(cache.size()).isEqualTo(1);
  }

  /// However many clients ask however long queries, each once.
  @Test
  void keepsNoMoreThanSoMuchText() {
    plan("SELECT 1");
    for (int i = 0; i < 20; i++) {
      plan("SELECT %d /* %s */".formatted(i, "x".repeat(1_000_000)));
    }
    assertThat(cache.size()).isEqualTo(4);
    planned.set(0);
    plan("SELECT 19 /* %s */".formatted("x".repeat(1_000_000)));
    assertThat(planned).as("the newest are kept").hasValue(0);
    for (int i = 0; i < 2000; i++) {
      plan("SELECT " + i);
    }
    assertThat(cache.size()).isEqualTo(500);
  }
}
