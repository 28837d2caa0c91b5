package io.scorebook.gateway.session;

import io.scorebook.catalog.registry.Rule;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.quality.Inspection;
import io.scorebook.engine.quality.Inspection.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures rules that have a schedule when their time has come: one at a time, beside the answers.
public final class QualityClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QualityClock.class);

  private final Supplier<List<Domain>> domains;
  private final Inspection inspection;
  private final InstantSource clock;
  private final Duration limit;
  private final Map<Scheduled, Instant> due = new HashMap<>();
  private final Cancellation cancellation = new Cancellation();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("quality-clock").unstarted(task));

  /// A rule of a domain's content.
  private record Scheduled(String domain, String of, String rule) {}

  private QualityClock(
      Supplier<List<Domain>> domains, Inspection inspection, InstantSource clock, Duration limit) {
    this.domains = domains;
    this.inspection = inspection;
    this.clock = clock;
    this.limit = limit;
  }

  /// Begins to look, now and again and again.
  ///
  /// @param domains the published ones, with nothing hidden in them
  /// @param tick how often is looked
  /// @param limit how long one rule may take
  public static QualityClock start(
      Supplier<List<Domain>> domains,
      Inspection inspection,
      InstantSource clock,
      Duration tick,
      Duration limit) {
    var started = new QualityClock(domains, inspection, clock, limit);
    var _ =
        started.ticking.scheduleWithFixedDelay(
            started::tick, 0, tick.toMillis(), TimeUnit.MILLISECONDS);
    return started;
  }

  private void tick() {
    try {
      domains.get().forEach(this::look);
    } catch (RuntimeException e) {
      if (!ticking.isShutdown()) {
        LOG.warn("Cannot measure the quality of products: {}", e.getMessage());
      }
    }
  }

  private void look(Domain domain) {
    Instant now = clock.instant();
    var wanted = new HashSet<Scheduled>();
    for (PublicPort port : domain.ports()) {
      for (Rule rule : port.port().rules()) {
        var scheduled = new Scheduled(domain.hash(), BoundRule.of(port), rule.name());
        // At the start: what became due while nobody was there is measured, unless it is known.
        if (rule.schedule().isPresent() && !due.getOrDefault(scheduled, now).isAfter(now)) {
          wanted.add(scheduled);
          due.put(scheduled, rule.schedule().get().next(now).orElse(Instant.MAX));
        }
      }
    }
    if (!wanted.isEmpty()) {
      inspection.inspect(
          domain,
          task ->
              task.rule().isPresent()
                  && wanted.contains(new Scheduled(domain.hash(), task.of(), task.name())),
          false,
          new Time(limit, limit.multipliedBy(wanted.size()), cancellation));
    }
  }

  /// Ends what is being measured.
  @Override
  public void close() {
    ticking.shutdownNow();
    cancellation.cancel();
    try {
      if (!ticking.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("Leaves a measurement that did not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
