package io.scorebook.gateway.cli;

import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.Platform;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Grounding;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.openlineage.LineageEmitter;
import io.scorebook.engine.openlineage.LineageTarget;
import io.scorebook.engine.openlineage.PublicationRun;
import io.scorebook.engine.publish.Terms;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.engine.quality.QualityBook;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Planning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Everything that a home holds, open: the tables, the domains and the engines.
final class HomeBackend implements Backend, AutoCloseable {
  private final Platform platform;
  private final Answers answers;
  private final LineageEmitter lineage;

  private HomeBackend(Platform platform, LineageEmitter lineage) {
    this.platform = platform;
    this.lineage = lineage;
    this.answers = platform.answers();
  }

  static HomeBackend open(HomeOptions options) {
    List<LineageTarget> targets = options.lineage();
    Platform platform = Platform.open(options.warehouse(), options.engine());
    QuietLogging.toFile(options.home);
    return new HomeBackend(platform, LineageEmitter.open(targets));
  }

  /// Whom loads and publications are told.
  LineageEmitter lineage() {
    return lineage;
  }

  /// Its tables and its domains, to load and to publish.
  Platform platform() {
    return platform;
  }

  @Override
  public View as(Caller caller) {
    return new Home(answers.as(caller), platform.warehouse(), platform.quality());
  }

  @Override
  public io.scorebook.engine.publish.Outcome publish(Path folder, Terms terms) {
    var outcome = platform.domains().publish(folder, terms);
    switch (outcome) {
      case io.scorebook.engine.publish.Outcome.Published published ->
          PublicationRun.published(lineage, platform.warehouse(), published.domain());
      case io.scorebook.engine.publish.Outcome.Unchanged _ -> {}
      case io.scorebook.engine.publish.Outcome.Invalid(var findings) ->
          PublicationRun.refused(lineage, lines(findings));
      case io.scorebook.engine.publish.Outcome.Refused(var reasons) ->
          PublicationRun.refused(
              lineage,
              lines(
                  reasons.stream()
                      .map(io.scorebook.engine.publish.Outcome.Reason::message)
                      .toList()));
    }
    return outcome;
  }

  private static String lines(List<?> mistakes) {
    return mistakes.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  @Override
  public List<Publication> history(String domain) {
    return platform.domains().history(domain);
  }

  private record Home(Answers answers, Warehouse warehouse, QualityBook quality) implements View {
    @Override
    public Outcome answer(Ask ask, Limits limits) {
      Answers by = ask.engine().map(this::by).orElse(answers).asOf(ask.asOf());
      return switch (ask) {
        case Ask.Metrics(var model, var question, _, _) -> by.answer(model, question, limits);
        case Ask.Sql(String sql, _, _) -> by.answer(sql, limits);
      };
    }

    @Override
    public Explaining explain(Ask ask, Limits limits) {
      Answers by = ask.engine().map(this::by).orElse(answers).asOf(ask.asOf());
      return switch (ask) {
        case Ask.Metrics(var model, var question, _, _) -> by.explain(model, question, limits);
        case Ask.Sql(String sql, _, _) -> by.explain(sql, limits);
      };
    }

    @Override
    public Grounding ground(Ask.Sql ask, Limits limits) {
      return answers.asOf(ask.asOf()).ground(ask.sql(), limits);
    }

    private Answers by(String engine) {
      if (!answers.explaining().contains(engine)) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST,
            "Cannot find the engine '%s'; %s"
                .formatted(engine, Suggestions.clause(engine, answers.explaining())));
      }
      return answers.by(engine);
    }

    @Override
    public Planning plan(String sql) {
      Optional<Planning> rejected = Optional.empty();
      for (Domain domain : answers.domains()) {
        switch (answers.plan(domain, sql)) {
          case Planning.Planned planned -> {
            return planned;
          }
          case Planning.Rejected other -> rejected = rejected.or(() -> Optional.of(other));
        }
      }
      return rejected.orElseGet(() ->
          new Planning.Rejected(
              List.of(
                  new Issue(
                      Issue.Code.UNKNOWN_TABLE,
                      "Cannot find any table: no domain is published here",
                      Optional.empty(),
                      List.of(),
                      Optional.empty()))));
    }

    @Override
    public List<Domain> domains() {
      return answers.domains();
    }

    @Override
    public Optional<TableLoads> loads(String table) {
      boolean told =
          answers.domains().stream()
              .filter(domain ->
                  domain.contracts().inLoadOrder().stream()
                      .anyMatch(contract -> contract.table().toString().equals(table)))
              .anyMatch(domain -> !domain.access().restricts(table));
      return told ? TableLoads.of(warehouse, TableName.parse(table)) : Optional.empty();
    }

    @Override
    public PortStanding standing(Domain domain, PublicPort port, Limits limits) {
      return quality.standing(domain, port, answers.pin(quality.tables(domain, port), limits));
    }

    @Override
    public List<Measured> history(Domain domain, String metric) {
      return quality.history(domain, metric);
    }
  }

  @Override
  public void close() {
    try {
      lineage.close();
    } finally {
      platform.close();
    }
  }
}
