package io.scorebook.gateway.postgres;

import io.scorebook.engine.pgcatalog.CatalogException;
import io.scorebook.gateway.postgres.Inbound.Message;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection after its login: messages in, answers out, in their order. Nothing is written, so
/// that a transaction is a state and no more: what it reads are the snapshots of each statement.
final class Conversation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int MOST_OPEN = 1000;

  /// Of statements and of the values of portals that a client keeps open, in bytes.
  private static final long MOST_KEPT = 16L * 1024 * 1024;

  private final Inbound in;
  private final Outbound out;
  private final Questions questions;
  private final Settings settings;
  private final Changes changes;
  private final Answers answers;
  private final Map<String, Prepared> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();

  private final Savepoints savepoints = new Savepoints();
  private char status = 'I';
  private boolean skipping;

  /// The query that is dealt with, of which a place is told.
  private String asked = "";

  Conversation(Inbound in, Outbound out, Questions questions, Settings settings) {
    this.in = in;
    this.out = out;
    this.questions = questions;
    this.settings = settings;
    this.changes = new Changes(settings, questions, out);
    this.answers = new Answers(out, questions);
  }

  /// Ends what runs now. Safe from any thread.
  void cancel() {
    answers.cancel();
  }

  /// Talks until the client leaves.
  void run() throws IOException {
    out.readyForQuery(status);
    while (true) {
      Message message = in.next();
      if (message instanceof Message.Terminate) {
        return;
      }
      answers.begin();
      asked = "";
      try {
        if (message instanceof Message.Sync) {
          sync();
        } else if (!skipping) {
          answer(message);
        }
      } catch (ProblemException e) {
        fail(message, e.problem());
      } catch (CatalogException e) {
        out.error("ERROR", e.sqlState(), String.valueOf(e.getMessage()));
        failed(message);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error("Cannot answer a statement", e);
        fail(
            message,
            Problem.of(
                ErrorCode.INTERNAL, "Cannot answer: an internal error, told in the gateway's log"));
      }
    }
  }

  private void fail(Message message, Problem problem) throws IOException {
    out.error(problem, position(message, problem));
    failed(message);
  }

  private void failed(Message message) throws IOException {
    if (status == 'T') {
      status = 'E';
    }
    if (message instanceof Message.Query || message instanceof Message.FunctionCall) {
      closeUnlessInTransaction();
      ready();
    } else {
      skipping = true; // to the next Sync, as the protocol has it
      out.flush(); // who asked for what he gets by Flush has not sent it yet
    }
  }

  /// Where in the client's own words it is.
  private Optional<Integer> position(Message message, Problem problem) {
    String text =
        switch (message) {
          case Message.Query(var sql) -> sql;
          case Message.Parse(_, var sql, _) -> sql;
          case Message.Describe(var ofStatement, var name) ->
              ofStatement
                  ? Optional.ofNullable(statements.get(name)).map(Conversation::written).orElse("")
                  : written(name);
          case Message.Execute(var name, _) -> written(name);
          default -> "";
        };
    int query = text.indexOf(asked);
    return problem
        .position()
        .filter(_ -> !asked.isEmpty() && query >= 0)
        .map(place -> {
          int at = query;
          for (int line = 1; line < place.line(); line++) {
            at = text.indexOf('\n', at) + 1;
          }
          return text.codePointCount(0, Math.min(text.length(), at + place.column() - 1)) + 1;
        });
  }

  /// The text of a statement, where no value stands in it that would move what follows.
  private static String written(Prepared prepared) {
    return prepared.parameters() == 0 ? prepared.sql() : "";
  }

  private String written(String portal) {
    return Optional.ofNullable(portals.get(portal))
        .flatMap(Portal::prepared)
        .map(Conversation::written)
        .orElse("");
  }

  private void sync() throws IOException {
    skipping = false;
    closeUnlessInTransaction();
    ready();
  }

  private void ready() throws IOException {
    answers.end();
    out.readyForQuery(status);
  }

  private void closeUnlessInTransaction() {
    if (status == 'I') {
      closePortals(_ -> true);
    }
  }

  private void closePortals(Predicate<Portal> which) {
    List<Portal> closed = portals.values().stream().filter(which).toList();
    portals.values().removeAll(closed);
    close(closed);
  }

  /// All of them, whatever one does: each has a place at the desk.
  private static void close(List<Portal> portals) {
    for (Portal portal : portals) {
      try {
        portal.close();
      } catch (RuntimeException e) {
        LOG.error("Cannot close a cursor", e);
      }
    }
  }

  private void answer(Message message) throws IOException {
    switch (message) {
      case Message.Query(var sql) -> query(sql);
      case Message.Parse parse -> parse(parse);
      case Message.Bind bind -> bind(bind);
      case Message.Describe(var ofStatement, var name) -> {
        if (ofStatement) {
          describeStatement(statement(name));
        } else {
          describePortal(portal(name));
        }
      }
      case Message.Execute(var name, var most) -> {
        Portal portal = portal(name);
        if (portal.command() instanceof Command.Empty) {
          out.emptyQuery();
        } else {
          execute(portal, most <= 0 ? Long.MAX_VALUE : most, false);
        }
      }
      case Message.Close(var ofStatement, var name) -> {
        if (ofStatement) {
          statements.remove(name); // what was opened of it stays, as in PostgreSQL
        } else {
          closePortal(name);
        }
        out.closeComplete();
      }
      case Message.Flush _ -> out.flush();
      case Message.Secret _, Message.CopyIn _ -> {
        // of a copy or login that has ended: the protocol has them ignored
      }
      case Message.FunctionCall _ ->
          throw new ProblemException(
              ErrorCode.UNSUPPORTED, "Cannot call functions by message; use SELECT");
      case Message.Sync _, Message.Terminate _ ->
          throw new IllegalStateException("dealt with before");
    }
  }

  private void query(String sql) throws IOException {
    closePortal("");
    statements.remove("");
    List<String> parts = SqlText.statements(sql);
    if (parts.isEmpty()) {
      out.emptyQuery();
    }
    for (String part : parts) {
      Command command = Command.of(part);
      try (var portal = new Portal(command)) {
        execute(portal, Long.MAX_VALUE, true);
      }
    }
    closeUnlessInTransaction();
    ready();
  }

  private void parse(Message.Parse parse) throws IOException {
    List<String> parts = SqlText.statements(parse.sql());
    if (parts.size() > 1) {
      throw new ProblemException(ErrorCode.SYNTAX, "Cannot prepare several statements as one");
    }
    if (!parse.name().isEmpty() && statements.containsKey(parse.name())) {
      throw new ProblemException(
          ErrorCode.DUPLICATE_STATEMENT,
          "Cannot prepare '%s': it is there already".formatted(parse.name()));
    }
    statements.remove(parse.name());
    requireRoom(parse.sql().length());
    Command command = parts.isEmpty() ? new Command.Empty() : Command.of(parts.getFirst());
    refuseIfFailed(command);
    statements.put(
        parse.name(),
        new Prepared(parse.sql(), command, parse.types(), SqlText.parameters(parse.sql())));
    out.parseComplete();
  }

  private void bind(Message.Bind bind) throws IOException {
    Prepared prepared = statement(bind.statement());
    refuseIfFailed(prepared.command());
    if (bind.portal().isEmpty()) {
      closePortal("");
    }
    requireNoPortal(bind.portal());
    long size = bind.values().stream().mapToLong(value -> value == null ? 0 : value.length).sum();
    requireRoom(size);
    portals.put(
        bind.portal(),
        new Portal(
            prepared,
            Parameters.read(bind, prepared.types(), prepared.parameters()),
            bind.asked(),
            size));
    out.bindComplete();
  }

  private void requireNoPortal(String name) {
    if (portals.containsKey(name)) {
      throw new ProblemException(
          ErrorCode.DUPLICATE_CURSOR, "Cannot open '%s': it is there already".formatted(name));
    }
  }

  /// What a client keeps open is in memory until he closes it.
  private void requireRoom(long more) {
    long kept =
        statements.values().stream().mapToLong(statement -> statement.sql().length()).sum()
            + portals.values().stream().mapToLong(Portal::size).sum();
    if (Math.max(statements.size(), portals.size()) >= MOST_OPEN || kept + more > MOST_KEPT) {
      throw new ProblemException(
          ErrorCode.TOO_MANY_QUESTIONS,
          "Cannot keep more than %d statements, as many cursors, and %d MB of them; close some"
              .formatted(MOST_OPEN, MOST_KEPT >> 20));
    }
  }

  private Prepared statement(String name) {
    Prepared prepared = statements.get(name);
    if (prepared == null) {
      throw new ProblemException(
          ErrorCode.NO_SUCH_STATEMENT, "Cannot find the prepared statement '%s'".formatted(name));
    }
    return prepared;
  }

  private Portal portal(String name) {
    Portal portal = portals.get(name);
    if (portal == null) {
      throw new ProblemException(
          ErrorCode.NO_SUCH_CURSOR, "Cannot find the cursor '%s'".formatted(name));
    }
    return portal;
  }

  private void closePortal(String name) {
    Portal before = portals.remove(name);
    if (before != null) {
      before.close();
    }
  }

  private void describeStatement(Prepared prepared) throws IOException {
    Optional<List<Field>> fields =
        switch (prepared.command()) {
          case Command.Query(var sql) -> {
            asked = sql;
            yield Optional.of(questions.columns(sql, prepared.parameters(), prepared.types()));
          }
          case Command other -> fields(other);
        };
    fields.ifPresent(prepared::tell);
    out.parameterDescription(prepared.described());
    describe(fields, Formats.TEXT);
  }

  private void describePortal(Portal portal) throws IOException {
    Optional<List<Field>> fields =
        portal.command() instanceof Command.Query
            ? Optional.of(columns(portal))
            : fields(portal.command());
    fields.ifPresent(portal::tell);
    fields.ifPresent(portal::check);
    describe(fields, portal.formats());
  }

  /// Of a query: those of its answer, where that is open already.
  private List<Field> columns(Portal portal) {
    asked = portal.query();
    return portal
        .fields()
        .orElseGet(() -> questions.columns(asked, portal.values(), portal.types()));
  }

  private void describe(Optional<List<Field>> fields, Formats formats) throws IOException {
    if (fields.isEmpty()) {
      out.noData();
    } else {
      out.rowDescription(fields.get(), formats);
    }
  }

  /// The columns of what is not a query.
  private Optional<List<Field>> fields(Command command) {
    return switch (command) {
      case Command.Show(var name) -> Optional.of(Shown.of(settings, name).fields());
      case Command.Fetch(var name, _) -> Optional.of(columns(portal(name)));
      case Command.Write(var sql) -> throw questions.refusal(sql);
      default -> Optional.empty();
    };
  }

  private void refuseIfFailed(Command command) {
    if (status == 'E'
        && !(command instanceof Command.Empty
            || command instanceof Command.Rollback
            || command instanceof Command.Commit
            || (command instanceof Command.Savepoint(var what, _)
                && what == Command.Savepoint.What.ROLLBACK))) {
      throw new ProblemException(
          ErrorCode.TRANSACTION_FAILED,
          "Cannot go on in a transaction in which a statement has failed; ROLLBACK first");
    }
  }

  /// @param describes whether the columns go before the rows, as in the simple protocol
  private void execute(Portal portal, long most, boolean describes) throws IOException {
    Command command = portal.command();
    refuseIfFailed(command);
    switch (command) {
      case Command.Empty _ -> out.emptyQuery();
      case Command.Query(var sql) -> {
        asked = sql;
        answers.rows(portal, sql, most, describes);
      }
      case Command.Write(var sql) -> throw questions.refusal(sql);
      case Command.Copy(var query, var form) -> {
        asked = query;
        answers.copy(portal, query, form);
      }
      case Command.Show(var name) -> {
        if (portal.rows().isEmpty()) {
          portal.open(portal.asTold(Shown.of(settings, name)));
        }
        answers.give(portal, portal.rows().orElseThrow(), most, describes, "SHOW");
      }
      case Command.Fetch(var name, var rows) ->
          answers.fetch(portal(name), rows, most, describes, portal);
      case Command.Declare(var name, var query) -> {
        asked = query;
        declare(name, query, portal);
        out.commandComplete("DECLARE CURSOR");
      }
      case Command.CloseCursor(var name) -> {
        if (name.isEmpty()) {
          closePortals(open -> open != portal);
        } else {
          portal(name.get());
          closePortal(name.get());
        }
        out.commandComplete("CLOSE CURSOR");
      }
      case Command.Set(var name, var given, var local) -> {
        String value = given.orElseGet(() -> settings.first(name));
        if (!local) {
          changes.set(name, value, status != 'I');
        } else if (status != 'I') { // outside of a transaction it would end at once
          changes.setForTransaction(name, value);
        }
        out.commandComplete("SET");
      }
      case Command.Reset(var name) -> {
        changes.reset(name, status != 'I');
        out.commandComplete("RESET");
      }
      case Command.Discard(var what) -> {
        if (what.equals("ALL")) {
          closePortals(open -> open != portal);
          statements.clear();
          changes.reset(Optional.empty(), status != 'I');
        }
        out.commandComplete("DISCARD " + what);
      }
      case Command.Deallocate(var name) -> {
        name.ifPresentOrElse(
            each -> {
              statement(each);
              statements.remove(each);
            },
            statements::clear);
        out.commandComplete(name.isPresent() ? "DEALLOCATE" : "DEALLOCATE ALL");
      }
      case Command.Begin(var tag) -> {
        if (status == 'T') {
          out.notice("25001", "There is already a transaction in progress");
        }
        status = 'T';
        out.commandComplete(tag);
      }
      case Command.Commit _ -> {
        boolean failed = status == 'E';
        endTransaction(portal, !failed);
        out.commandComplete(failed ? "ROLLBACK" : "COMMIT");
      }
      case Command.Rollback _ -> {
        endTransaction(portal, false);
        out.commandComplete("ROLLBACK");
      }
      case Command.Savepoint savepoint -> {
        if (status == 'I') {
          throw new ProblemException(
              ErrorCode.NO_TRANSACTION, "Cannot use savepoints outside of a transaction");
        }
        switch (savepoint.what()) {
          case SAVEPOINT -> savepoints.keep(savepoint.name(), portals.values());
          case RELEASE -> savepoints.release(savepoint.name());
          case ROLLBACK -> {
            Set<Portal> before = savepoints.goBackTo(savepoint.name());
            closePortals(open -> open != portal && !before.contains(open));
            status = 'T';
          }
        }
        out.commandComplete(savepoint.what().name());
      }
      case Command.Nothing(var tag) -> out.commandComplete(tag);
    }
  }

  private void endTransaction(Portal except, boolean committed) throws IOException {
    status = 'I';
    savepoints.clear();
    closePortals(open -> open != except);
    changes.endTransaction(committed);
  }

  private void declare(String name, String query, Portal declaring) {
    if (status == 'I') {
      throw new ProblemException(
          ErrorCode.NO_TRANSACTION,
          "Cannot declare a cursor outside of a transaction; BEGIN first");
    }
    requireNoPortal(name);
    requireRoom(query.length());
    questions.columns(query, declaring.values(), declaring.types());
    portals.put(name, new Portal(new Command.Query(query), declaring, query.length()));
  }

  @Override
  public void close() {
    var open = new ArrayList<>(portals.values());
    portals.clear();
    open.forEach(portal -> portal.cancellation().cancel());
    close(open);
  }
}
