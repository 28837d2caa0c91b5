package io.scorebook.gateway.wire;

import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.quality.Measured;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Grounding;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.publish.Terms;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Backend;
import io.scorebook.semantic.plan.Planning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers `EXPLAIN SELECT ...` with rows, at doors that know answers alone: a column
/// `explanation`, a row for each line of the words.
public final class ExplainStatements implements Backend {
  private static final Pattern EXPLAIN =
      Pattern.compile("\\s*EXPLAIN\\s+(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// A query of the columns that the rows of an explanation have.
  private static final String COLUMNS = "SELECT CAST('' AS VARCHAR) AS explanation";

  private final Backend backend;

  public ExplainStatements(Backend backend) {
    this.backend = backend;
  }

  @Override
  public io.scorebook.engine.publish.Outcome publish(Path folder, Terms terms) {
    return backend.publish(folder, terms);
  }

  @Override
  public List<Publication> history(String domain) {
    return backend.history(domain);
  }

  @Override
  public View as(Caller caller) {
    return new Explained(backend.as(caller));
  }

  private record Explained(View view) implements View {
    @Override
    public Outcome answer(Ask ask, Limits limits) {
      Optional<Ask> explained = explained(ask);
      if (explained.isEmpty()) {
        return view.answer(ask, limits);
      }
      return switch (view.explain(explained.get(), limits)) {
        case Explaining.Refused(var issues) -> new Outcome.Refused(issues);
        case Explaining.Explained found ->
            switch (view.plan(COLUMNS)) {
              case Planning.Rejected(var issues) -> new Outcome.Refused(issues);
              case Planning.Planned(var plan) ->
                  new Outcome.Answered(
                      new Answer(
                          plan.columns(),
                          found.provenance(),
                          new Lines(ExplanationForm.words(found).lines().toList())));
            };
      };
    }

    @Override
    public Explaining explain(Ask ask, Limits limits) {
      return view.explain(ask, limits);
    }

    @Override
    public Grounding ground(Ask.Sql ask, Limits limits) {
      return view.ground(ask, limits);
    }

    @Override
    public Planning plan(String sql) {
      return explained(sql)
          .map(query ->
              switch (view.plan(query)) {
                case Planning.Planned _ -> view.plan(COLUMNS);
                case Planning.Rejected rejected -> rejected;
              })
          .orElseGet(() -> view.plan(sql));
    }

    @Override
    public List<Domain> domains() {
      return view.domains();
    }

    @Override
    public Optional<TableLoads> loads(String table) {
      return view.loads(table);
    }

    @Override
    public PortStanding standing(Domain domain, PublicPort port, Limits limits) {
      return view.standing(domain, port, limits);
    }

    @Override
    public List<Measured> history(Domain domain, String metric) {
      return view.history(domain, metric);
    }
  }

  private static Optional<Ask> explained(Ask ask) {
    return switch (ask) {
      case Ask.Metrics _ -> Optional.empty();
      case Ask.Sql(String sql, var engine, var asOf) ->
          explained(sql).map(query -> new Ask.Sql(query, engine, asOf));
    };
  }

  private static Optional<String> explained(String sql) {
    Matcher statement = EXPLAIN.matcher(sql);
    // Blanks in place of the word, so that places in the query stay what they are.
    return statement.matches()
        ? Optional.of(
            sql.substring(0, statement.start(1)).replaceAll("\\S", " ") + statement.group(1))
        : Optional.empty();
  }

  private static final class Lines implements Rows {
    private final List<String> lines;
    private int next;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public boolean next() {
      return next++ < lines.size();
    }

    @Override
    public Object value(int column) {
      return lines.get(next - 1);
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
