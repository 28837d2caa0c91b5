package io.scorebook.gateway.audit;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditRecord;
import io.scorebook.catalog.audit.AuditRecord.Outcome;
import io.scorebook.catalog.audit.AuditRecord.Source;
import io.scorebook.catalog.audit.AuditRecord.Who;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.ProductsNamed;
import io.scorebook.gateway.session.Told;
import io.scorebook.gateway.session.Witness;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what it sees into the audit log. An answer whose beginning cannot be written is not
/// given.
public final class AuditWitness implements Witness {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWitness.class);

  /// What is told without asking one.
  private static final String NO_ENGINE = "none";

  private final AuditLog log;

  public AuditWitness(AuditLog log) {
    this.log = log;
  }

  @Override
  public Seen asked(Through door, Caller caller, Backend.View view, Ask ask, boolean explained) {
    long start = System.nanoTime();
    String kind =
        explained
            ? "explain"
            : switch (ask) {
              case Ask.Metrics _ -> "query";
              case Ask.Sql _ -> "sql";
            };
    var begun =
        new AuditRecord(
            UUID.randomUUID().toString(),
            Instant.now(),
            door.name().toLowerCase(Locale.ROOT),
            Who.of(caller.name(), caller.groups(), caller.purpose()),
            kind,
            WithoutValues.text(ask),
            Optional.empty(),
            0,
            Duration.ZERO,
            Outcome.LOST,
            Optional.empty());
    return new Remembered(begun, start, view, ask);
  }

  @Override
  public void told(
      Through door, Caller caller, Told told, Duration took, Optional<ErrorCode> refused) {
    var entry =
        new AuditRecord(
            UUID.randomUUID().toString(),
            Instant.now().minus(took),
            door.name().toLowerCase(Locale.ROOT),
            Who.of(caller.name(), caller.groups(), caller.purpose()),
            told.kind().name().toLowerCase(Locale.ROOT),
            words(told),
            told.domain().map(domain -> source(told, domain)),
            0,
            took,
            refused.isEmpty()
                ? Outcome.SERVED
                : refused.get().status() < 500 ? Outcome.REFUSED : Outcome.FAILED,
            refused.map(code -> code.name().toLowerCase(Locale.ROOT)));
    try {
      log.ended(entry);
    } catch (UncheckedIOException e) {
      if (refused.isEmpty()) {
        throw unwritten(e);
      }
      LOG.error("Cannot write a refusal into the audit", e);
    }
  }

  private static String words(Told told) {
    return switch (told.kind()) {
      case METADATA -> WithoutValues.cut(told.what());
      case CATALOG, HEAD, UNCHANGED -> WithoutValues.cut(WithoutValues.sql(told.what()));
    };
  }

  private static Source source(Told told, Domain domain) {
    return new Source(
        domain.model().name(),
        domain.model().version(),
        domain.model().hash(),
        told.products().stream().map(AuditWitness::name).toList(),
        told.snapshots(),
        List.of(),
        domain.access().fingerprint(),
        NO_ENGINE);
  }

  private static String name(Product product) {
    return product.name() + " " + product.version();
  }

  private static ProblemException unwritten(UncheckedIOException e) {
    LOG.error("Answers nothing without the audit", e);
    return new ProblemException(
        ErrorCode.STORE_UNAVAILABLE,
        "Cannot answer: that it was asked cannot be written into the audit");
  }

  /// One question. Read and ended by one thread at a time.
  private final class Remembered implements Seen {
    private final long start;
    private final Backend.View view;
    private final Ask ask;
    private AuditRecord entry;

    Remembered(AuditRecord entry, long start, Backend.View view, Ask ask) {
      this.entry = entry;
      this.start = start;
      this.view = view;
      this.ask = ask;
    }

    @Override
    public void answered(Provenance provenance) {
      entry =
          new AuditRecord(
              entry.id(),
              entry.at(),
              entry.door(),
              entry.who(),
              entry.asked(),
              entry.question(),
              Optional.of(source(provenance)),
              0,
              Duration.ZERO,
              Outcome.LOST,
              Optional.empty());
      try {
        log.begun(entry);
      } catch (UncheckedIOException e) {
        throw unwritten(e);
      }
    }

    private Source source(Provenance provenance) {
      List<Domain> domains = view.domains();
      String access =
          domains.stream()
              .filter(domain -> domain.name().equals(provenance.model().name()))
              .findFirst()
              .map(domain -> domain.access().fingerprint())
              .orElse("");
      return new Source(
          provenance.model().name(),
          provenance.model().version(),
          provenance.model().hash(),
          ProductsNamed.in(ask, domains).stream().map(AuditWitness::name).sorted().toList(),
          provenance.snapshots(),
          provenance.policies(),
          access,
          provenance.engine());
    }

    /// What was not understood may have values where names should be.
    private AuditRecord doubtful() {
      return ask instanceof Ask.Sql
          ? entry.asking(WithoutValues.withoutNames(entry.question(), this::isKnown))
          : entry;
    }

    private boolean isKnown(String name) {
      return view.domains().stream()
          .flatMap(domain -> domain.planner().tables().stream())
          .anyMatch(table ->
              table.schema().equalsIgnoreCase(name)
                  || table.name().equalsIgnoreCase(name)
                  || table.columns().stream()
                      .anyMatch(column -> column.name().equalsIgnoreCase(name)));
    }

    @Override
    public void ended(long rows, Ending how, Optional<ErrorCode> error) {
      Outcome outcome =
          switch (how) {
            case SERVED -> Outcome.SERVED;
            case BROKEN_OFF -> Outcome.BROKEN_OFF;
            case PROBLEM ->
                rows == 0 && error.filter(code -> code.status() < 500).isPresent()
                    ? Outcome.REFUSED
                    : Outcome.FAILED;
          };
      try {
        log.ended(
            (outcome == Outcome.REFUSED && entry.source().isEmpty() ? doubtful() : entry)
                .ended(
                    rows,
                    Duration.ofNanos(System.nanoTime() - start),
                    outcome,
                    error.map(code -> code.name().toLowerCase(Locale.ROOT))));
      } catch (UncheckedIOException e) {
        LOG.error("Cannot write the end of {} into the audit", entry.id(), e);
      }
    }
  }
}
