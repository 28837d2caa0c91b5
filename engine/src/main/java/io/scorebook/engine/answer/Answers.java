package io.scorebook.engine.answer;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domains;
import io.scorebook.engine.domain.PlatformDomain;
import io.scorebook.semantic.plan.Footprints;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Issue.Code;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.ProductTable;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers questions about the published domains. Safe to share; closing it ends its engines.
public final class Answers implements AutoCloseable {
  private static final Pattern EXPLAIN =
      Pattern.compile("\\A\\s*EXPLAIN\\s+", Pattern.CASE_INSENSITIVE);

  private final Warehouse warehouse;
  private final Domains domains;
  private final List<Engine> engines;
  private final Engine engine;
  private final Caller caller;
  private final AsOf asOf;
  private final PlanCache plans;
  private final Pinning pinning;
  private final Ledger ledger;
  private final Attestation attestation;
  private final KeptAnswers kept;
  private final Standing standing;

  /// @param engines the first is the one that answers where none is named
  /// @param answerBytes how much of small answers is kept in memory
  /// @param standing knows what products miss of what they promise
  public Answers(
      Warehouse warehouse,
      Domains domains,
      List<Engine> engines,
      long answerBytes,
      Standing standing) {
    this.warehouse = warehouse;
    this.domains = domains;
    this.engines = List.copyOf(engines);
    this.engine = engines.getFirst();
    this.caller = Caller.local();
    this.asOf = AsOf.newest();
    this.plans = new PlanCache();
    this.pinning = new Pinning(warehouse);
    this.ledger = new Ledger(warehouse);
    this.attestation = new Attestation(pinning, ledger);
    this.kept = new KeptAnswers(answerBytes);
    this.standing = standing;
  }

  private Answers(Answers other, Engine engine, Caller caller, AsOf asOf) {
    this.warehouse = other.warehouse;
    this.domains = other.domains;
    this.engines = other.engines;
    this.engine = engine;
    this.caller = caller;
    this.asOf = asOf;
    this.plans = other.plans;
    this.pinning = other.pinning;
    this.ledger = other.ledger;
    this.attestation = other.attestation;
    this.kept = other.kept;
    this.standing = other.standing;
  }

  /// The same answers by another engine (`duckdb`, `reference`; `trino`, which explains and does
  /// not answer); shares everything with this one.
  ///
  /// @throws IllegalArgumentException where there is no engine of that name
  public Answers by(String engine) {
    return engines.stream()
        .filter(candidate -> candidate.name().equals(engine))
        .findFirst()
        .map(found -> new Answers(this, found, caller, asOf))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Cannot find the engine '%s'; %s"
                    .formatted(engine, Suggestions.clause(engine, explaining()))));
  }

  /// The same answers as one caller may have them: domains, refusals and numbers are what he may
  /// see. Without it they are the owner's, who sees all. Shares everything with this one.
  public Answers as(Caller other) {
    return new Answers(this, engine, other, asOf);
  }

  /// The same answers from an earlier state of the tables. Shares everything with this one.
  public Answers asOf(AsOf other) {
    return new Answers(this, engine, caller, other);
  }

  /// The names of the engines that answer, the default one first.
  public List<String> engines() {
    return engines.stream().filter(Engine::runs).map(Engine::name).toList();
  }

  /// The names of the engines that explain what they would be asked: also those that cannot answer.
  public List<String> explaining() {
    return engines.stream().map(Engine::name).toList();
  }

  /// The domains whose questions are answered: each has its model, its products, its planner.
  public List<Domain> domains() {
    return Stream.concat(domains.list().stream(), PlatformDomain.seenBy(caller).stream())
        .map(domain -> domain.seenBy(caller))
        .filter(domain -> !domain.isEmpty() || domain.access().seesAll())
        .toList();
  }

  /// Answers a question of metrics by dimensions.
  ///
  /// @param model the name of the model; may be left out where there is one
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(Optional<String> model, Question question, Limits limits) {
    var deadline = new Deadline(limits);
    return planned(
        model, question, (domain, plan) -> run(domain, plan, deadline), Outcome.Refused::new);
  }

  /// Explains a question of metrics by dimensions. It is not run; but the keys that its joins take
  /// for granted are looked at in the data, as they would be to answer it.
  ///
  /// @param model the name of the model; may be left out where there is one
  /// @throws EngineException where what was right to ask failed on the way
  public Explaining explain(Optional<String> model, Question question, Limits limits) {
    var deadline = new Deadline(limits);
    return planned(
        model,
        question,
        (domain, plan) -> explain(domain, plan, deadline),
        Explaining.Refused::new);
  }

  /// Explains one SQL query, with or without `EXPLAIN` before it. It is not run; see above.
  ///
  /// @throws EngineException where what was right to ask failed on the way
  public Explaining explain(String sql, Limits limits) {
    var deadline = new Deadline(limits);
    return planned(
        EXPLAIN.matcher(sql).replaceFirst(""),
        (domain, plan) -> explain(domain, plan, deadline),
        Explaining.Refused::new);
  }

  private Explaining explain(Domain domain, Plan plan, Deadline deadline) {
    PinnedTables tables = pinned(domain, plan, deadline);
    try {
      List<Reliance> rests = attestation.look(domain, plan, tables, running(), deadline);
      return new Explaining.Explained(
          domain.planner().explain(plan),
          provenance(domain, plan, tables, rests),
          rests.stream().flatMap(one -> one.keyCheck(domain.access()).stream()).toList(),
          engine.text(plan));
    } catch (EngineException e) {
      if (e.kind() == Kind.UNSUPPORTED) {
        return new Explaining.Refused(List.of(unsupported(e)));
      }
      throw e;
    }
  }

  /// @param then what to do with the plan
  /// @param refused what to do with the reasons why there is none
  private <T> T planned(
      Optional<String> model,
      Question question,
      BiFunction<Domain, Plan, T> then,
      Function<List<Issue>, T> refused) {
    List<Domain> all = domains();
    Optional<Domain> domain =
        model.isPresent()
            ? all.stream().filter(found -> found.name().equals(model.get())).findFirst()
            : only(all);
    return domain
        .map(found -> planned(found, question, () -> found.planner().plan(question), then, refused))
        .orElseGet(() -> refused.apply(List.of(unknownModel(model, all))));
  }

  /// The one that is meant where none is named: the only one that was published, of those that the
  /// caller sees.
  private Optional<Domain> only(List<Domain> seen) {
    List<Domain> published =
        seen.stream().filter(domain -> domains.find(domain.name()).isPresent()).toList();
    return published.size() == 1 ? Optional.of(published.getFirst()) : Optional.empty();
  }

  private static Issue unknownModel(Optional<String> model, List<Domain> all) {
    List<String> names = all.stream().map(Domain::name).toList();
    String message =
        model
            .map(name ->
                "Cannot find the model '%s'; %s".formatted(name, Suggestions.clause(name, names)))
            .orElse(
                names.isEmpty()
                    ? "Cannot answer: no domain is published"
                    : "Cannot choose a model: name one of " + String.join(", ", names));
    return new Issue(
        Code.INVALID_QUESTION,
        message,
        Optional.of("model"),
        model.map(name -> Suggestions.similar(name, names)).orElse(names),
        Optional.empty());
  }

  /// Answers one SQL query over the datasets and product tables of one model, found by the tables
  /// that the query names.
  ///
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(String sql, Limits limits) {
    var deadline = new Deadline(limits);
    return planned(sql, (domain, plan) -> run(domain, plan, deadline), Outcome.Refused::new);
  }

  /// What one SQL query would be answered from; nothing is run.
  ///
  /// @throws EngineException where the catalog or the store fails
  public Grounding ground(String sql, Limits limits) {
    var deadline = new Deadline(limits);
    return planned(
        sql,
        (domain, plan) -> new Grounding.Grounds(domain, plan, pinned(domain, plan, deadline)),
        Grounding.Refused::new);
  }

  private <T> T planned(
      String sql, BiFunction<Domain, Plan, T> then, Function<List<Issue>, T> refused) {
    List<Domain> all = domains();
    if (all.isEmpty()) {
      return refused.apply(List.of(unknownModel(Optional.empty(), all)));
    }
    var able = new ArrayList<Domain>();
    var refusals = new ArrayList<List<Issue>>();
    for (Domain domain : all) {
      switch (plan(domain, sql)) {
        case Planning.Planned _ -> able.add(domain);
        case Planning.Rejected(var issues) -> refusals.add(issues);
      }
    }
    return switch (able.size()) {
      case 0 -> refused.apply(nearest(refusals));
      case 1 ->
          planned(able.getFirst(), sql, () -> able.getFirst().planner().plan(sql), then, refused);
      default ->
          refused.apply(
              List.of(
                  new Issue(
                      Code.INVALID_QUESTION,
                      "Cannot choose a model: %s have the tables of this query; write them with"
                              .formatted(able.stream().map(Domain::name).toList())
                          + " their schema",
                      Optional.empty(),
                      able.stream().map(Domain::name).toList(),
                      Optional.empty())));
    };
  }

  /// The plan of a query, kept for who asks the same again, to run it or to be told its columns.
  ///
  /// @param domain as the asker sees it
  public Planning plan(Domain domain, String sql) {
    return plans.plan(domain.hash(), sql, () -> domain.planner().plan(sql));
  }

  /// What the model says that knows the query's tables, if one does.
  private static List<Issue> nearest(List<List<Issue>> refusals) {
    return refusals.stream()
        .filter(issues -> issues.stream().noneMatch(issue -> issue.code() == Code.UNKNOWN_TABLE))
        .findFirst()
        .orElse(refusals.getFirst());
  }

  /// All rows of a product's output port.
  ///
  /// @param table a table of a published domain
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(ProductTable table, Limits limits) {
    var deadline = new Deadline(limits);
    Domain domain =
        domains().stream()
            .filter(candidate -> candidate.productTables().contains(table))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "Invalid table: %s.%s is not published"
                        .formatted(table.schema(), table.name())));
    return planned(
        domain,
        table,
        () -> domain.planner().plan(table),
        (of, plan) -> run(of, plan, deadline),
        Outcome.Refused::new);
  }

  private <T> T planned(
      Domain domain,
      Object asked,
      Supplier<Planning> planner,
      BiFunction<Domain, Plan, T> then,
      Function<List<Issue>, T> refused) {
    return switch (plans.plan(domain.hash(), asked, planner)) {
      case Planning.Rejected(var issues) -> refused.apply(issues);
      case Planning.Planned(Plan plan) -> then.apply(domain, plan);
    };
  }

  /// The newest snapshots of some tables, for several answers over the same data.
  ///
  /// @param tables as `namespace.table`
  /// @throws EngineException where the catalog or the store fails
  public PinnedTables pin(Collection<String> tables, Limits limits) {
    return new Deadline(limits).within(() -> pinning.pin(tables));
  }

  /// Answers a question about a domain, which need not be published, over snapshots that are chosen
  /// already.
  ///
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(Domain domain, Question question, PinnedTables tables, Limits limits) {
    var deadline = new Deadline(limits);
    return switch (domain.planner().plan(question)) {
      case Planning.Rejected(var issues) -> new Outcome.Refused(issues);
      case Planning.Planned(Plan plan) -> run(domain, plan, tables.only(plan.tables()), deadline);
    };
  }

  /// Runs a plan of a domain, which need not be published, over snapshots that are chosen already.
  ///
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(Domain domain, Plan plan, PinnedTables tables, Limits limits) {
    return run(domain, plan, tables.only(plan.tables()), new Deadline(limits));
  }

  private Outcome run(Domain domain, Plan plan, Deadline deadline) {
    return run(domain, plan, pinned(domain, plan, deadline), deadline);
  }

  private PinnedTables pinned(Domain domain, Plan plan, Deadline deadline) {
    return deadline.within(
        () -> pinning.pin(plan.tables(), asOf, table -> domain.access().restricts(table)));
  }

  private Outcome run(Domain domain, Plan plan, PinnedTables tables, Deadline deadline) {
    ReadLimit.check(domain, plan, tables, deadline.remaining().reads());
    List<Reliance> rests = attestation.look(domain, plan, tables, running(), deadline);
    List<Issue> broken = rests.stream().flatMap(one -> one.issues().stream()).distinct().toList();
    if (!broken.isEmpty()) {
      return new Outcome.Refused(broken);
    }
    try {
      UntoldColumns.check(plan, tables);
      PinnedTables read = deadline.within(() -> pinning.read(tables, asOf));
      // Some files of a snapshot are not the snapshot.
      boolean whole = !(asOf instanceof AsOf.Added);
      Optional<Rows> known = whole ? kept.find(plan, engine, tables) : Optional.empty();
      if (known.isEmpty()) {
        List<Issue> tooMuch = Excessive.issues(plan, engine, read, deadline::remaining);
        if (!tooMuch.isEmpty()) {
          return new Outcome.Refused(tooMuch);
        }
      }
      Rows rows =
          known.orElseGet(() -> {
            Rows run = engine.run(plan, read, deadline.remaining());
            return whole ? kept.keep(plan, engine, tables, run) : run;
          });
      return new Outcome.Answered(
          new Answer(
              plan.columns(),
              ValueType.of(plan.rel().getRowType()),
              provenance(domain, plan, tables, rests),
              rows));
    } catch (EngineException e) {
      if (e.kind() == Kind.UNSUPPORTED) {
        return new Outcome.Refused(List.of(unsupported(e)));
      }
      throw e;
    }
  }

  /// The engine that looks at the data beside the question.
  private Engine running() {
    return engine.runs() ? engine : engines.getFirst();
  }

  private static Issue unsupported(EngineException e) {
    return new Issue(
        Code.UNSUPPORTED_SQL,
        String.valueOf(e.getMessage()),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private Provenance provenance(
      Domain domain, Plan plan, PinnedTables tables, List<Reliance> rests) {
    var model = domain.model();
    return new Provenance(
        new Provenance.Model(model.name(), model.version(), model.hash()),
        Provenance.told(tables.snapshots(), domain.access()),
        engine.name(),
        policies(domain, plan),
        rests.stream().map(rest -> rest.basis(domain.access())).toList(),
        switch (asOf) {
          case AsOf.Newest _, AsOf.These _, AsOf.Added _ ->
              standing.missed(domain, plan.ports(), tables);
          // Who asks for an earlier state wants it old.
          case AsOf.Time _, AsOf.Snapshot _ -> List.of();
        });
  }

  private static List<String> policies(Domain domain, Plan plan) {
    if (domain.access().seesAll()) {
      return List.of();
    }
    Set<String> columns =
        Footprints.of(plan).stream()
            .map(column -> column.table() + "." + column.column())
            .collect(Collectors.toSet());
    var names = new ArrayList<>(domain.access().applied(plan.tables(), columns));
    domain
        .planner()
        .heldBack(plan)
        .forEach(metric -> names.add("%s: groups of a few are not told".formatted(metric)));
    return names;
  }

  /// Looks into everything that is declared of a domain, on the newest snapshots.
  ///
  /// @param domain published or not
  /// @throws EngineException where the catalog or the store fails
  public Attesting attest(Domain domain) {
    return new Attesting(domain, pinning, ledger, running());
  }

  @Override
  public void close() {
    ledger.close();
    engines.forEach(Engine::close);
  }
}
