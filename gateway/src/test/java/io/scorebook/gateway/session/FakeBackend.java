package io.scorebook.gateway.session;

import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.store.TableName;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Grounding;
import io.scorebook.engine.answer.KeyCheck;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.PinnedTable;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.Planning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A platform that answers whatever the test says, and counts what is open.
public final class FakeBackend implements Backend, Backend.View {
  public static final Provenance PROVENANCE =
      new Provenance(
          new Provenance.Model("league", "1.0.0", "sha256:abc"),
          new TreeMap<>(java.util.Map.of("league.games", 5937117119577207000L)),
          "fake",
          List.of());

  public final List<Ask> asked = new CopyOnWriteArrayList<>();
  public final List<Caller> callers = new CopyOnWriteArrayList<>();
  public final AtomicInteger open = new AtomicInteger();
  private volatile BiFunction<Ask, Limits, Outcome> answers = (_, _) -> refused(Issue.Code.SYNTAX);

  private volatile Runnable planning = () -> {};
  private List<Domain> domains = List.of();

  /// With the sample domain, really planned; its answers are made up all the same.
  public static FakeBackend ofSampleDomain() {
    var backend = new FakeBackend();
    try {
      Path folder = Files.createTempDirectory("sample-domain");
      SampleDomain.copyTo(folder);
      var findings = new Findings();
      backend.domains = List.of(Domain.read(folder, findings).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return backend;
  }

  /// Keeps something of a table back from everybody; its plans stay as they are.
  public void restrict(String table) {
    Domain all = domains.getFirst();
    var nothing = new Access.TableAccess(Optional.empty(), new TreeMap<>());
    domains =
        List.of(
            new Domain(
                all.hash(),
                all.model(),
                all.contracts(),
                all.products(),
                all.ports(),
                all.ended(),
                all.planner(),
                new Access(
                    all.access().granted(),
                    new TreeMap<>(java.util.Map.of(table, nothing)),
                    new TreeMap<>()),
                all.policies()));
  }

  public FakeBackend answering(BiFunction<Ask, Limits, Outcome> answers) {
    this.answers = answers;
    return this;
  }

  /// Does something before each plan.
  public FakeBackend planning(Runnable first) {
    this.planning = first;
    return this;
  }

  @Override
  public View as(Caller caller) {
    callers.add(caller);
    return this;
  }

  @Override
  public io.scorebook.engine.publish.Outcome publish(
      Path folder, io.scorebook.engine.publish.Terms terms) {
    throw new UnsupportedOperationException("Cannot publish here");
  }

  @Override
  public List<io.scorebook.catalog.publication.Publication> history(String domain) {
    return List.of();
  }

  @Override
  public Outcome answer(Ask ask, Limits limits) {
    asked.add(ask);
    return answers.apply(ask, limits);
  }

  /// Explained as it is planned; what an engine and the data would say is made up.
  @Override
  public Explaining explain(Ask ask, Limits limits) {
    asked.add(ask);
    var planner = domains.getFirst().planner();
    Planning planning =
        switch (ask) {
          case Ask.Metrics(_, var question, _, _) -> planner.plan(question);
          case Ask.Sql(String sql, _, _) -> planner.plan(sql);
        };
    return switch (planning) {
      case Planning.Rejected(var issues) -> new Explaining.Refused(issues);
      case Planning.Planned(var plan) ->
          new Explaining.Explained(
              planner.explain(plan),
              PROVENANCE,
              plan.assumedKeys().stream()
                  .map(key -> new KeyCheck(key, PROVENANCE.snapshots(), List.of()))
                  .toList(),
              "SELECT 1");
    };
  }

  /// Planned; of tables that were never loaded.
  @Override
  public Grounding ground(Ask.Sql ask, Limits limits) {
    return switch (plan(ask.sql())) {
      case Planning.Rejected(var issues) -> new Grounding.Refused(issues);
      case Planning.Planned(var plan) ->
          new Grounding.Grounds(
              domains.getFirst(),
              plan,
              new PinnedTables(
                  plan.tables().stream()
                      .map(name -> new PinnedTable(name, Optional.empty()))
                      .toList()));
    };
  }

  @Override
  public Planning plan(String sql) {
    planning.run();
    return domains.getFirst().planner().plan(sql);
  }

  @Override
  public List<Domain> domains() {
    return domains;
  }

  @Override
  public Optional<TableLoads> loads(String table) {
    return Optional.of(
        new TableLoads(
            TableName.parse(table),
            "s3://lake/" + table.replace('.', '/'),
            OptionalLong.of(5937117119577207000L),
            List.of()));
  }

  @Override
  public PortStanding standing(Domain domain, PublicPort port, Limits limits) {
    return new PortStanding(List.of(), List.of(), false);
  }

  @Override
  public List<Measured> history(Domain domain, String metric) {
    return List.of();
  }

  public static OutputColumn column(String name, OutputType type, Role role) {
    return new OutputColumn(name, type, role);
  }

  /// Rows that are there.
  public Outcome rows(
      List<OutputColumn> columns, List<? extends List<? extends @Nullable Object>> rows) {
    return generated(
        columns,
        number ->
            number < rows.size() ? new ArrayList<@Nullable Object>(rows.get((int) number)) : null);
  }

  /// Rows that are made as they are read, until there is none.
  public Outcome generated(
      List<OutputColumn> columns, LongFunction<@Nullable List<? extends @Nullable Object>> rows) {
    return generated(
        columns, columns.stream().map(column -> ValueType.of(column.type())).toList(), rows);
  }

  /// As above, of exact types.
  public Outcome generated(
      List<OutputColumn> columns,
      List<ValueType> types,
      LongFunction<@Nullable List<? extends @Nullable Object>> rows) {
    open.incrementAndGet();
    return new Outcome.Answered(
        new Answer(
            columns,
            types,
            PROVENANCE,
            new Rows() {
              private long number;
              private @Nullable List<? extends @Nullable Object> row;
              private boolean closed;

              @Override
              public boolean next() {
                row = rows.apply(number++);
                return row != null;
              }

              @Override
              public @Nullable Object value(int column) {
                if (row == null) {
                  throw new IllegalStateException("no row");
                }
                return row.get(column);
              }

              @Override
              public synchronized void close() {
                if (!closed) {
                  closed = true;
                  open.decrementAndGet();
                }
              }
            }));
  }

  public static Outcome refused(Issue.Code code) {
    return new Outcome.Refused(List.of(issue(code, "Cannot take it")));
  }

  public static Issue issue(Issue.Code code, String message) {
    return new Issue(code, message, Optional.empty(), List.of(), Optional.empty());
  }

  public static final List<OutputColumn> NUMBERS =
      List.of(column("number", OutputType.INTEGER, Role.VALUE));
}
