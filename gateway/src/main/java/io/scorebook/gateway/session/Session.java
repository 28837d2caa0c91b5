package io.scorebook.gateway.session;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a client who stays connected has said: who he is, what for he asks, where he looks for
/// tables and how long a statement may take. All his statements go over it to the desk, whatever
/// the protocol. Used by one thread at a time.
public final class Session {
  /// Who is behind a connection.
  public interface Asker {
    /// Whether what he showed would let him in still.
    boolean isValid();

    /// Him, asking for a purpose.
    ///
    /// @throws ProblemException where he may not ask for it
    Caller asking(Optional<String> purpose);
  }

  /// A column of an answer, whether or not that was asked for yet.
  public record Column(String name, ValueType type) {
    /// Those of an answer that is open.
    public static List<Column> of(OpenAnswer answer) {
      return IntStream.range(0, answer.types().size())
          .mapToObj(i -> new Column(answer.columns().get(i).name(), answer.types().get(i)))
          .toList();
    }
  }

  private final Desk desk;
  private final Asker asker;
  private Caller caller;
  private Optional<Duration> time = Optional.empty();
  private SearchPath path = SearchPath.DEFAULT;

  public Session(Desk desk, Asker asker) {
    this.desk = desk;
    this.asker = asker;
    this.caller = asker.asking(Optional.empty());
  }

  /// Of a caller whom the door itself looks after.
  public static Session of(Desk desk, Caller caller) {
    return new Session(
        desk,
        new Asker() {
          @Override
          public boolean isValid() {
            return true;
          }

          @Override
          public Caller asking(Optional<String> purpose) {
            return purpose.isPresent() ? caller.withPurpose(purpose) : caller;
          }
        });
  }

  /// What the answers are for; empty for nothing in particular.
  ///
  /// @throws ProblemException where the caller may not ask for it
  public void purpose(String word) {
    caller = asker.asking(word.isEmpty() ? Optional.empty() : Optional.of(word));
  }

  /// How long a statement may take, from the start of its planning to its last row. The gateway's
  /// own limit holds besides.
  ///
  /// @param setting as [StatementTime] reads it
  /// @throws ProblemException where it cannot be read
  public void time(String setting) {
    time = StatementTime.read(setting);
  }

  /// Where tables without a schema are looked for.
  ///
  /// @param setting as `SET search_path` has it
  public void path(String setting) {
    path = SearchPath.of(setting);
  }

  /// What the caller sees.
  public Backend.View view() {
    return desk.as(caller);
  }

  /// Answers a query that has no parameter left in it. The asker closes the answer.
  ///
  /// @throws ProblemException where there is no answer, with all reasons
  public OpenAnswer ask(String sql, Cancellation cancellation) {
    requireValid();
    path.check(sql, view().domains());
    return desk.ask(caller, new Ask.Sql(sql, Optional.empty()), time, cancellation);
  }

  /// What an answer may cost that does not come over the desk.
  public Limits limits(Cancellation cancellation) {
    return desk.limits(caller, time, cancellation);
  }

  /// The columns of a query, which is not run.
  ///
  /// @throws ProblemException where it would have no answer, with all reasons
  public List<Column> columns(String sql) {
    requireValid();
    path.check(sql, view().domains());
    Plan plan = desk.describe(caller, new Ask.Sql(sql, Optional.empty()));
    List<ValueType> types = ValueType.of(plan.rel().getRowType());
    return IntStream.range(0, types.size())
        .mapToObj(i -> new Column(plan.columns().get(i).name(), types.get(i)))
        .toList();
  }

  /// Remembers what the client is about to be told that is no answer.
  ///
  /// @param start by the clock of [System#nanoTime]
  /// @throws ProblemException where that cannot be remembered: then he must not be told
  public void told(Told told, long start) {
    desk.told(caller, told, start);
  }

  /// Whether there is a plan for a query.
  public boolean answers(String sql) {
    return view().plan(sql) instanceof Planning.Planned;
  }

  /// What is to be said of the versions that a query reads: those that will end.
  public List<String> notices(String sql) {
    return ProductsNamed.notices(new Ask.Sql(sql, Optional.empty()), view().domains());
  }

  /// A key that was taken away, or a token that has expired, asks nothing more.
  ///
  /// @throws ProblemException where that is so
  public void requireValid() {
    if (!asker.isValid()) {
      throw new ProblemException(
          ErrorCode.UNAUTHORIZED,
          "Cannot answer: the key or token of this connection is not valid any more");
    }
  }
}
