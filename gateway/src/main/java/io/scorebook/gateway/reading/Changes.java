package io.scorebook.gateway.reading;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.Grounding.Grounds;
import io.scorebook.engine.answer.Linear;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// By which rows a port differs from an earlier state of it. Where the rows of one table alone have
/// changed, and the port is made of them row by row, the data files that were added and removed are
/// read, and nothing else; else both states are read, and compared.
public final class Changes {
  private static final String COLUMN = "_change";

  private final PublicPort port;
  private final PortQuery query;
  private final Seal seal;
  private final Grounds before;
  private final Grounds now;

  private Changes(PublicPort port, PortQuery query, Seal seal, Grounds before, Grounds now) {
    this.port = port;
    this.query = query;
    this.seal = seal;
    this.before = before;
    this.now = now;
  }

  /// What to ask changes since, after rows of these snapshots.
  static String since(
      PublicPort port, Domain domain, SortedMap<String, Long> snapshots, Seal seal) {
    return new Cursor(domain.hash(), snapshots).close(seal, context(port, domain));
  }

  private static String context(PublicPort port, Domain domain) {
    return String.join("\n", List.of("since", PortAsked.name(port), domain.access().fingerprint()));
  }

  /// @param ground finds what a query would be answered from
  /// @throws ProblemException with all that is wrong with the parameters
  static Changes of(PortAsked asked, Seal seal, Function<Ask.Sql, Grounds> ground) {
    PortParameters parameters = asked.parameters().without("cursor", "asOf", "limit", "orderBy");
    PortQuery query = asked.query();
    String text =
        parameters
            .find("since")
            .orElseThrow(() ->
                new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "Cannot find the required 'since': the 'Scorebook-Since' of an earlier answer,"
                        + " or "
                        + AsOf.FORMS));
    Optional<AsOf> written = AsOf.find(text);
    Optional<Cursor> given =
        written.isPresent()
            ? Optional.empty()
            : Optional.of(
                Cursor.open(text, seal, context(asked.port(), asked.domain()), "'since'"));
    var ask = new Ask.Sql(query.ordered(), Optional.empty());
    Grounds now = ground.apply(ask);
    given.ifPresent(then -> then.checkDomain(now.domain().hash(), "'since'"));
    AsOf then = written.orElseGet(() -> new AsOf.These(given.orElseThrow().snapshots()));
    return new Changes(asked.port(), query, seal, ground.apply(ask.withAsOf(then)), now);
  }

  /// What to ask changes since, after these.
  public String since() {
    return since(port, now.domain(), now.tables().snapshots(), seal);
  }

  /// @param ask answers a query
  /// @param cancellation ends all that is asked
  public OpenAnswer open(
      BiFunction<Ask.Sql, Cancellation, OpenAnswer> ask, Cancellation cancellation) {
    var both = List.of(new Cancellation(), new Cancellation());
    cancellation.onCancel(() -> both.forEach(Cancellation::cancel));
    var each = both.iterator();
    return open(query -> ask.apply(query, each.next()), cancellation);
  }

  private OpenAnswer open(Function<Ask.Sql, OpenAnswer> ask, Cancellation cancellation) {
    List<String> changed = changed();
    if (changed.isEmpty()) {
      return inserted(ask.apply(sql(query.page(null, 0), these(now))), cancellation);
    }
    AsOf removed = these(before);
    AsOf added = these(now);
    if (changed.size() == 1 && Linear.in(now.plan().rel(), changed.getFirst())) {
      removed = new AsOf.Added(before.tables().snapshots(), now.tables().snapshots());
      added = new AsOf.Added(now.tables().snapshots(), before.tables().snapshots());
      boolean onlyAdded = files(before.tables(), now.tables(), changed.getFirst()) == 0;
      if (onlyAdded && !isRestricted()) {
        return inserted(ask.apply(sql(query.unordered(), added)), cancellation);
      }
    }
    OpenAnswer earlier = ask.apply(sql(query.ordered(), removed));
    try {
      OpenAnswer later = ask.apply(sql(query.ordered(), added));
      return answer(
          later, new Difference(earlier, later, query, query.columns().size()), cancellation);
    } catch (RuntimeException e) {
      earlier.close();
      throw e;
    }
  }

  /// The order of files would tell of rows that are not seen.
  private boolean isRestricted() {
    return now.domain().access().restrictsAny(now.plan().tables());
  }

  private List<String> changed() {
    SortedMap<String, Long> then = before.tables().snapshots();
    SortedMap<String, Long> newest = now.tables().snapshots();
    return now.tables().names().stream()
        .filter(name -> !Objects.equals(then.get(name), newest.get(name)))
        .toList();
  }

  /// How many files of a table the one state has and the other has not.
  private static int files(PinnedTables of, PinnedTables notIn, String table) {
    return of.table(table)
        .snapshot()
        .map(one ->
            notIn
                .table(table)
                .snapshot()
                .map(other -> one.filesNotIn(other).size())
                .orElse(one.files().size()))
        .orElse(0);
  }

  private static AsOf these(Grounds grounds) {
    return new AsOf.These(grounds.tables().snapshots());
  }

  private static Ask.Sql sql(String sql, AsOf asOf) {
    return new Ask.Sql(sql, Optional.empty(), asOf);
  }

  private OpenAnswer inserted(OpenAnswer added, Cancellation cancellation) {
    return answer(added, new Inserted(added), cancellation);
  }

  private OpenAnswer answer(OpenAnswer like, Rows rows, Cancellation cancellation) {
    int shown = query.columns().size();
    var columns = new ArrayList<OutputColumn>();
    columns.add(new OutputColumn(COLUMN, OutputType.STRING, Role.VALUE));
    columns.addAll(like.columns().subList(0, shown));
    var types = new ArrayList<ValueType>();
    types.add(ValueType.Simple.STRING);
    types.addAll(like.types().subList(0, shown));
    return OpenAnswer.of(new Answer(columns, types, like.provenance(), rows), cancellation);
  }
}
