package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTable;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Repeatable;
import io.scorebook.engine.domain.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Measures what products promise, one thing after the other, on snapshots that are chosen once.
/// What was measured on the same snapshots is not measured again.
public final class Inspection {
  private final Answers answers;
  private final QualityBook book;

  /// @param answers of the owner, who sees all
  public Inspection(Answers answers, QualityBook book) {
    this.answers = answers;
    this.book = book;
  }

  /// What came of one thing.
  ///
  /// @param isNew whether it was measured now; else it was known
  public record Inspected(Task task, Measured measured, boolean isNew) {}

  /// How long it may take.
  ///
  /// @param each one measurement
  /// @param all of them; what is left over then is not measured, and not kept
  public record Time(Duration each, Duration all, Cancellation cancellation) {
    public static Time of(Duration each, Duration all) {
      return new Time(each, all, new Cancellation());
    }
  }

  /// All that can be measured of a domain: rules, newest values, metrics with targets.
  ///
  /// @param domain with nothing hidden in it
  public List<Task> tasks(Domain domain) {
    return Tasks.of(domain, book);
  }

  /// Measures what is wanted, and keeps what came of it in one commit.
  ///
  /// @param domain with nothing hidden in it
  /// @param again whether also what is known already
  /// @throws EngineException where the catalog or the store fails, or the work is cancelled
  public synchronized List<Inspected> inspect(
      Domain domain, Predicate<Task> wanted, boolean again, Time time) {
    Instant end = Instant.now().plus(time.all());
    List<Task> tasks = tasks(domain).stream().filter(wanted).toList();
    var names = new TreeSet<String>();
    tasks.forEach(task -> names.addAll(task.plan().tables()));
    if (tasks.isEmpty() || !time.all().isPositive()) {
      return List.of();
    }
    PinnedTables tables = answers.pin(names, new Limits(time.all(), time.cancellation()));
    Shelf shelf = book.shelf(domain);
    shelf.readNew();
    var inspected = new ArrayList<Inspected>();
    var fresh = new ArrayList<Measured>();
    try {
      for (Task task : tasks) {
        Duration left = Duration.between(Instant.now(), end);
        Optional<Measured> known =
            again ? Optional.empty() : known(task, tables.only(task.plan().tables()), shelf);
        if (known.isPresent()) {
          inspected.add(new Inspected(task, known.get(), false));
        } else if (left.isPositive()) {
          Duration each = left.compareTo(time.each()) < 0 ? left : time.each();
          Measured measured = measure(domain, task, tables, new Limits(each, time.cancellation()));
          inspected.add(new Inspected(task, measured, true));
          fresh.add(measured);
        }
      }
    } finally {
      if (!fresh.isEmpty()) {
        shelf.keep(fresh);
      }
    }
    return inspected;
  }

  private static Optional<Measured> known(Task task, PinnedTables tables, Shelf shelf) {
    return Repeatable.is(task.plan().rel())
        ? shelf
            .find(task.subject(), tables.snapshots())
            .filter(found -> found.outcome() != Outcome.NOT_MEASURED)
        : Optional.empty();
  }

  /// What speaks against publishing a load: rules that stop loads and would not hold with it.
  /// Nothing is kept, and what cannot be measured stops nothing.
  ///
  /// @param domain with nothing hidden in it
  /// @param staged the table as it would be
  /// @throws EngineException where the catalog or the store fails
  public List<String> against(Domain domain, TableSnapshot staged, Time time) {
    String table = staged.name().toString();
    var against = new ArrayList<String>();
    for (Task task : tasks(domain)) {
      boolean stops = task.rule().filter(rule -> rule.rule().stopsLoad()).isPresent();
      if (!stops || !task.plan().tables().contains(table)) {
        continue;
      }
      var limits = new Limits(time.each(), time.cancellation());
      PinnedTables now = answers.pin(task.plan().tables(), limits);
      var tables =
          new PinnedTables(
              now.names().stream()
                  .map(name ->
                      name.equals(table)
                          ? new PinnedTable(name, Optional.of(staged))
                          : now.table(name))
                  .toList());
      Measured measured = measure(domain, task, tables, limits);
      if (measured.outcome() == Outcome.FAILED) {
        against.add(
            "the rule '%s' of %s would not hold: %s, measured %s"
                .formatted(task.name(), task.of(), task.bound(), measured.value().orElse("")));
      }
    }
    return against;
  }

  private Measured measure(Domain domain, Task task, PinnedTables all, Limits limits) {
    long start = System.nanoTime();
    PinnedTables tables = all.only(task.plan().tables());
    Reading reading;
    try {
      reading = Reading.of(task, answers.answer(domain, task.plan(), tables, limits));
    } catch (EngineException e) {
      reading = Reading.failed(e);
    }
    return measured(task, tables.snapshots(), reading, Duration.ofNanos(System.nanoTime() - start));
  }

  private Measured measured(
      Task task, SortedMap<String, Long> snapshots, Reading reading, Duration took) {
    return new Measured(
        task.kind(),
        task.subject(),
        task.of(),
        task.name(),
        snapshots,
        reading.outcome(),
        reading.value(),
        task.bound(),
        reading.looked(),
        reading.reason(),
        answers.engines().getFirst(),
        book.now(),
        took);
  }
}
