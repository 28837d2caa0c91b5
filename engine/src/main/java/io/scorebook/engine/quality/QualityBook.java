package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Provenance.Missed;
import io.scorebook.engine.answer.Standing;
import io.scorebook.engine.domain.BoundLevel;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// What is known of the quality of published products: measurements that were kept, and the ages of
/// snapshots. It measures nothing that needs rows to be read. Safe to share.
public final class QualityBook implements Standing, AutoCloseable {
  private static final int MOST_DOMAINS = 200;

  private final Warehouse warehouse;
  private final Function<String, Optional<Domain>> domains;
  private final InstantSource clock;
  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final Map<String, Promises> promises = new ConcurrentHashMap<>();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("quality-", 0).factory());

  /// What a domain promises, as one caller may see it.
  private record Promises(List<BoundRule> rules, List<BoundLevel> levels) {}

  /// @param domains finds a published domain by its name, with nothing hidden in it
  public QualityBook(
      Warehouse warehouse, Function<String, Optional<Domain>> domains, InstantSource clock) {
    this.warehouse = warehouse;
    this.domains = domains;
    this.clock = clock;
  }

  Shelf shelf(Domain domain) {
    return shelves.computeIfAbsent(domain.name(), name -> new Shelf(warehouse, name));
  }

  /// Read once at first, then by and by: nobody waits for it.
  private Shelf known(Domain domain) {
    Shelf shelf = shelf(domain);
    if (!shelf.isRead()) {
      shelf.readNew();
    } else if (shelf.isDue() && !reader.isShutdown()) {
      reader.execute(() -> {
        if (shelf.isDue()) {
          shelf.readNew();
        }
      });
    }
    return shelf;
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public List<Missed> missed(Domain domain, Set<String> ports, PinnedTables tables) {
    if (ports.isEmpty()) {
      return List.of();
    }
    var missed = new ArrayList<Missed>();
    for (PublicPort port : domain.ports()) {
      if (ports.contains(port.table().schema() + "." + port.table().name())) {
        missed.addAll(standing(domain, port, tables).missed(port));
      }
    }
    return missed;
  }

  /// How a port stands, on these snapshots.
  ///
  /// @param domain as the asker may see it
  /// @param tables those of the port, and of its rules where they are to be told of
  public PortStanding standing(Domain domain, PublicPort port, PinnedTables tables) {
    Domain own = domains.apply(domain.name()).orElse(domain);
    Promises seen = promises(domain);
    Promises all = promises(own);
    String of = BoundRule.of(port);
    Shelf shelf = known(own);
    SortedMap<String, Long> snapshots = tables.snapshots();
    boolean isHidden = false;
    var rules = new ArrayList<RuleState>();
    for (BoundRule rule : all.rules()) {
      if (!rule.of().equals(of) || !isSeen(rule, seen)) {
        continue;
      }
      Optional<Measured> measured =
          shelf.find(Subjects.of(own, rule)).stream()
              .filter(found -> agrees(found, snapshots))
              .findFirst()
              .or(() -> shelf.find(Subjects.of(own, rule)).stream().findFirst());
      boolean hide =
          mayBeOfFew(rule, domain)
              || measured
                  .filter(found -> isRestricted(domain, found.snapshots().keySet()))
                  .isPresent();
      isHidden |= hide;
      rules.add(
          hide
              ? new RuleState(rule, Optional.empty(), false, true)
              : new RuleState(
                  rule,
                  measured,
                  measured.filter(found -> agrees(found, snapshots)).isPresent(),
                  false));
    }
    var measure = new LevelMeasure(now());
    var levels = new ArrayList<LevelState>();
    for (BoundLevel level : all.levels()) {
      if (!level.of().equals(of)) {
        continue;
      }
      boolean hide = isRestricted(domain, level.tables());
      isHidden |= hide;
      levels.add(
          hide || !tables.names().containsAll(level.tables())
              ? LevelState.without(level.level(), LevelState.State.UNKNOWN)
              : measure.measure(level, tables, newest(own, level, shelf, snapshots)));
    }
    return new PortStanding(rules, levels, isHidden);
  }

  /// A rule that the caller's own planner refuses asks for something that he may not see.
  private static boolean isSeen(BoundRule rule, Promises seen) {
    return seen.rules().stream()
        .anyMatch(other ->
            other.of().equals(rule.of()) && other.rule().name().equals(rule.rule().name()));
  }

  /// Whether a rule may tell of a group so small that its metrics are not told.
  private static boolean mayBeOfFew(BoundRule rule, Domain domain) {
    return !domain.access().groupSizes().isEmpty() && !(rule.asked() instanceof BoundRule.Counted);
  }

  /// Whether something of the tables is kept from who sees the domain so.
  private static boolean isRestricted(Domain domain, Collection<String> tables) {
    return domain.access().restrictsAny(tables);
  }

  /// Whether it was measured on these snapshots, as far as they are of the same tables.
  private static boolean agrees(Measured measured, SortedMap<String, Long> snapshots) {
    return measured.snapshots().entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(snapshots.get(entry.getKey())));
  }

  private static Optional<Instant> newest(
      Domain own, BoundLevel level, Shelf shelf, SortedMap<String, Long> snapshots) {
    return level
        .newest()
        .flatMap(query ->
            shelf.find(Subjects.of(own, level, query)).stream()
                .filter(found -> agrees(found, snapshots))
                .findFirst())
        .flatMap(Measured::value)
        .map(QualityBook::instant);
  }

  /// The moment of a value as it was kept; a date is its beginning, and without a zone in UTC.
  static Instant instant(String value) {
    return value.length() <= "2026-11-23".length()
        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
        : value.endsWith("Z") || value.matches(".*[+-]\\d\\d:\\d\\d")
            ? OffsetDateTime.parse(value).toInstant()
            : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
  }

  private Promises promises(Domain domain) {
    if (promises.size() >= MOST_DOMAINS) {
      promises.clear(); // domains of before
    }
    return promises.computeIfAbsent(
        domain.hash(),
        _ -> {
          var findings = new Findings();
          return new Promises(domain.rules(findings), domain.levels(findings));
        });
  }

  List<BoundRule> rules(Domain domain) {
    return promises(domain).rules();
  }

  List<BoundLevel> levels(Domain domain) {
    return promises(domain).levels();
  }

  /// The tables that have to be pinned to tell how a port stands: its own, and those of its rules.
  ///
  /// @param domain as the asker may see it
  public Set<String> tables(Domain domain, PublicPort port) {
    Domain own = domains.apply(domain.name()).orElse(domain);
    var tables = new TreeSet<>(domain.tablesOf(port));
    var subjects = new HashSet<String>();
    promises(own).rules().stream()
        .filter(rule -> rule.of().equals(BoundRule.of(port)))
        .forEach(rule -> subjects.add(Subjects.of(own, rule)));
    subjects.forEach(subject ->
        known(own).find(subject).forEach(found -> tables.addAll(found.snapshots().keySet())));
    return tables;
  }

  /// What a metric with a target came to on each set of snapshots, oldest first.
  ///
  /// @param domain as the asker may see it; of a metric that he may not see all of there is none
  public List<Measured> history(Domain domain, String metric) {
    if (domain.planner().isHeldBack(metric)) {
      return List.of();
    }
    return known(domain).history(metric).stream()
        .filter(measured -> measured.outcome() != Outcome.NOT_MEASURED)
        .filter(measured -> !isRestricted(domain, measured.snapshots().keySet()))
        .toList();
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
