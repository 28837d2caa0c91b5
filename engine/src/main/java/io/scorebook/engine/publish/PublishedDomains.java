package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.Publications;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.compare.DomainVersion;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domains;
import io.scorebook.engine.publish.Outcome.Reason;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The domains of a warehouse: what its registry says. Safe to share.
///
/// What others publish is seen a second later at most: after a second the next one who asks looks
/// at the registry's pointer, and reads where it moved.
public final class PublishedDomains implements Domains {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedDomains.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 5;

  private final Warehouse warehouse;
  private final Publications registry;
  private final PublishedFolders folders;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Standing standing;
  private volatile long lookedAt;

  private PublishedDomains(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.registry = new Publications(warehouse);
    this.folders = new PublishedFolders(warehouse.home());
    this.clock = clock;
    this.standing = Standing.empty();
    look();
  }

  /// Opens the registry of a warehouse. Domains that an earlier release kept in this home alone are
  /// brought into it.
  ///
  /// @throws StoreException where the store or the catalog fails
  /// @throws IllegalStateException where a published domain cannot be read any more
  public static PublishedDomains open(Warehouse warehouse) {
    return open(warehouse, Clock.systemUTC());
  }

  /// As [#open(Warehouse)].
  ///
  /// @param clock by which versions end
  public static PublishedDomains open(Warehouse warehouse, Clock clock) {
    var domains = new PublishedDomains(warehouse, clock);
    FoldersOfBefore.bringInto(domains, warehouse.home());
    return domains;
  }

  @Override
  public List<Domain> list() {
    return List.copyOf(fresh().domains().values());
  }

  @Override
  public Optional<Domain> find(String name) {
    return Optional.ofNullable(fresh().domains().get(name));
  }

  /// What stands, looked at again where the last look is a second old.
  private Standing fresh() {
    boolean isDue = System.nanoTime() - lookedAt >= PATIENCE.toNanos();
    Standing now = standing;
    if ((isDue || now.isOver(clock.instant())) && looking.tryLock()) {
      try {
        look();
      } catch (StoreException e) {
        // What is asked next needs the store as well, and says so.
        LOG.info("Cannot look for what is published: {}", e.getMessage());
        lookedAt = System.nanoTime();
      } catch (IllegalStateException | UncheckedIOException e) {
        // What a later release has published, or a full disk: what was read before stands.
        LOG.warn("Cannot read what is published", e);
        lookedAt = System.nanoTime();
      } finally {
        looking.unlock();
      }
    }
    return standing;
  }

  /// Looks at the registry now.
  private void look() {
    looking.lock();
    try {
      lookedAt = System.nanoTime();
      var state = registry.look();
      Instant now = clock.instant();
      if (!state.equals(standing.state()) || standing.isOver(now)) {
        standing = Standing.of(state, registry, folders, standing, now);
      }
    } finally {
      looking.unlock();
    }
  }

  /// Reads a folder and, where it has no error and contradicts nothing that is published, publishes
  /// it as one works on it.
  ///
  /// @param findings what is wrong with the documents, and what they contradict
  public Optional<Domain> publish(Path source, Findings findings) {
    return switch (publish(source, Terms.whileWorking("local"))) {
      case Outcome.Published published -> Optional.of(published.domain());
      case Outcome.Unchanged unchanged -> Optional.of(unchanged.domain());
      case Outcome.Invalid(var found) -> {
        found.forEach(findings::add);
        yield Optional.empty();
      }
      case Outcome.Refused(var reasons) -> {
        for (Reason reason : reasons) {
          findings.error(reason.at(), reason.message());
          reason
              .changes()
              .forEach(change ->
                  findings.add(
                      new Finding(
                          Finding.Severity.HINT,
                          change.at(),
                          change.toString(),
                          Optional.empty())));
        }
        yield Optional.empty();
      }
    };
  }

  /// Publishes a folder: in one commit, over what its publisher was compared with.
  ///
  /// @throws StoreException where the store or the catalog fails; of kind [Kind#CONFLICT] where
  ///   another has published the domain at the same time
  /// @throws UncheckedIOException where the folder or the home cannot be read or written
  public Outcome publish(Path source, Terms terms) {
    var findings = new Findings();
    Optional<DomainVersion> given = DomainVersion.read(source, findings);
    if (given.isEmpty()) {
      return new Outcome.Invalid(findings.toList());
    }
    // What counts is the copy, should the source change meanwhile.
    Path copy = folders.copy(source);
    Optional<DomainVersion> read = DomainVersion.read(copy, findings);
    if (read.isEmpty()) {
      return new Outcome.Invalid(findings.toList());
    }
    String name = read.get().domain().name();
    Optional<Publication> base = Optional.empty();
    for (int attempt = 0; ; attempt++) {
      look();
      Standing seen = standing;
      if (attempt > 0 && !seen.publication(name).equals(base)) {
        throw new StoreException(
            Kind.CONFLICT,
            ("Cannot publish the domain '%s': another has published it at the same time; look at"
                    + " what it is now, and publish again")
                .formatted(name));
      }
      base = seen.publication(name);
      try {
        return attempt(read.get(), copy, seen, terms);
      } catch (StoreException e) {
        // Another domain was published in between: what was compared still stands.
        if (e.kind() != Kind.CONFLICT || attempt >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Outcome attempt(DomainVersion next, Path copy, Standing seen, Terms terms) {
    Domain domain = next.domain();
    Optional<Publication> last = seen.publication(domain.name());
    if (last.filter(before -> before.hash().equals(domain.hash())).isPresent()) {
      return new Outcome.Unchanged(
          Optional.ofNullable(seen.domains().get(domain.name())).orElseThrow(), last.get());
    }
    List<Finding> clashes = Clashes.of(domain, seen.domains().values());
    if (!clashes.isEmpty()) {
      return new Outcome.Invalid(clashes);
    }
    long number = seen.state().newest().values().stream().max(Long::compare).orElse(0L) + 1;
    Instant now = clock.instant();
    var rules = new VersionRules(last, seen.versions(registry, folders)::version, terms, now);
    VersionRules.Decision decision = rules.decide(next, number);
    var reasons = new ArrayList<>(decision.reasons());
    Standing.Versions documents = seen.versions(registry, folders);
    reasons.addAll(LostSources.of(decision.versions(), next, number, documents));
    reasons.addAll(
        LostRules.of(
            last.map(before -> documents.version(before.number())),
            decision.versions(),
            next,
            number,
            documents));
    if (!reasons.isEmpty()) {
      return new Outcome.Refused(reasons);
    }
    String id = UUID.randomUUID().toString();
    var pins = new PinnedData(warehouse, id);
    try {
      var versions = pins.pin(domain, decision.versions(), reasons);
      if (!reasons.isEmpty()) {
        pins.undo(new IllegalStateException("Cannot pin"));
        return new Outcome.Refused(reasons);
      }
      var publication =
          new Publication(
              number, id, domain.name(), domain.hash(), terms.publisher(), now, versions);
      registry.add(
          seen.state(), publication, PublishedFolders.documents(copy), PortContracts.of(domain));
      look();
      return new Outcome.Published(
          Optional.ofNullable(standing.domains().get(domain.name())).orElseThrow(),
          publication,
          decision.changes());
    } catch (StoreException e) {
      if (e.kind() != Kind.STATE_UNKNOWN) {
        pins.undo(e);
      }
      throw e;
    }
  }

  /// All publications of a domain, the oldest first.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Publication> history(String domain) {
    return registry.history(domain);
  }
}
