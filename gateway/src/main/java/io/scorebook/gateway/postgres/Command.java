package io.scorebook.gateway.postgres;

import io.scorebook.gateway.postgres.SqlText.Kind;
import io.scorebook.gateway.postgres.SqlText.Token;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Writes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a statement asks of the connection: a query, or something about the session.
sealed interface Command {
  /// Goes to the desk or the system catalog.
  record Query(String sql) implements Command {}

  /// Is refused, as at every door.
  record Write(String sql) implements Command {}

  record Empty() implements Command {}

  record Begin(String tag) implements Command {}

  record Commit() implements Command {}

  record Rollback() implements Command {}

  /// A point within a transaction.
  record Savepoint(What what, String name) implements Command {
    enum What {
      SAVEPOINT,
      RELEASE,
      ROLLBACK
    }
  }

  /// @param value empty for what it was at first
  /// @param local to the transaction
  record Set(String name, Optional<String> value, boolean local) implements Command {}

  record Reset(Optional<String> name) implements Command {}

  record Show(String name) implements Command {}

  record Discard(String what) implements Command {}

  /// @param name empty for all
  record Deallocate(Optional<String> name) implements Command {}

  record Declare(String name, String query) implements Command {}

  /// @param rows [Long#MAX_VALUE] for all
  record Fetch(String name, long rows) implements Command {}

  /// @param name empty for all
  record CloseCursor(Optional<String> name) implements Command {}

  record Copy(String query, CopyForm form) implements Command {}

  /// Asks for nothing that is here, and harms nothing.
  record Nothing(String tag) implements Command {}

  /// Reads a statement.
  ///
  /// @throws ProblemException where it is one that is refused whatever it says
  static Command of(String sql) {
    List<Token> tokens = SqlText.tokens(sql);
    if (tokens.isEmpty()) {
      return new Empty();
    }
    Token first = tokens.getFirst();
    String word = first.kind() == Kind.WORD ? first.text().toLowerCase(Locale.ROOT) : "";
    if (Writes.beginWith(word)) {
      return new Write(sql);
    }
    return switch (word) {
      case "begin" -> new Begin("BEGIN");
      case "start" -> new Begin("START TRANSACTION");
      case "commit", "end" -> new Commit();
      case "rollback", "abort" ->
          tokens.stream().anyMatch(token -> token.is("to"))
              ? savepoint(Savepoint.What.ROLLBACK, sql, tokens)
              : new Rollback();
      case "savepoint" -> savepoint(Savepoint.What.SAVEPOINT, sql, tokens);
      case "release" -> savepoint(Savepoint.What.RELEASE, sql, tokens);
      case "set" -> set(sql, tokens);
      case "reset" ->
          new Reset(
              tokens.size() < 2 || tokens.get(1).is("all")
                  ? Optional.empty()
                  : Optional.of(dotted(tokens, 1)));
      case "show" -> new Show(shown(tokens));
      case "discard" -> new Discard(tokens.size() < 2 ? "ALL" : upper(tokens.get(1)));
      case "deallocate" -> new Deallocate(named(tokens, "prepare"));
      case "declare" -> declare(sql, tokens);
      case "fetch" -> fetch(tokens);
      case "move" ->
          throw new ProblemException(
              ErrorCode.UNSUPPORTED, "Cannot MOVE a cursor; FETCH the rows and leave them");
      case "close" -> new CloseCursor(named(tokens, ""));
      case "copy" -> CopyForm.read(sql, tokens);
      case "listen", "unlisten" -> new Nothing(upper(first));
      case "prepare", "execute" ->
          throw new ProblemException(
              ErrorCode.UNSUPPORTED,
              "Cannot %s in SQL; prepare statements as the protocol has it, as all drivers do"
                  .formatted(upper(first)));
      default -> new Query(sql);
    };
  }

  /// Whatever words stand between, the name is the last.
  private static Savepoint savepoint(Savepoint.What what, String sql, List<Token> tokens) {
    Token name = tokens.getLast();
    if (tokens.size() < 2 || name.is("to") || name.is("savepoint")) {
      throw syntax("a savepoint needs a name", sql);
    }
    return new Savepoint(what, SqlText.name(name));
  }

  private static String upper(Token token) {
    return token.text().toUpperCase(Locale.ROOT);
  }

  private static Command set(String sql, List<Token> tokens) {
    int at = 1;
    boolean local = tokens.size() > at && tokens.get(at).is("local");
    if (local || tokens.size() > at && tokens.get(at).is("session")) {
      at++;
    }
    if (tokens.size() > at
        && (tokens.get(at).is("transaction") || tokens.get(at).is("characteristics"))) {
      return new Nothing("SET");
    }
    if (tokens.size() > at + 1 && tokens.get(at).is("time") && tokens.get(at + 1).is("zone")) {
      List<Token> zone = tokens.subList(at + 2, tokens.size());
      boolean first = zone.size() == 1 && zone.getFirst().is("local");
      return new Set("timezone", first ? Optional.empty() : value(zone), local);
    }
    if (tokens.size() > at && tokens.get(at).is("names")) {
      return new Set("client_encoding", value(tokens.subList(at + 1, tokens.size())), local);
    }
    if (tokens.size() > at + 1
        && (tokens.get(at).is("role") || tokens.get(at).is("authorization"))) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Cannot become another: log in as him");
    }
    int equals = at;
    while (equals < tokens.size()
        && !tokens.get(equals).isSymbol("=")
        && !tokens.get(equals).is("to")) {
      equals++;
    }
    if (equals == at || equals + 1 >= tokens.size()) {
      throw syntax("SET needs a name, = and a value", sql);
    }
    return new Set(
        dotted(tokens.subList(0, equals), at),
        value(tokens.subList(equals + 1, tokens.size())),
        local);
  }

  private static String dotted(List<Token> tokens, int from) {
    return tokens.subList(from, tokens.size()).stream()
        .map(SqlText::name)
        .collect(Collectors.joining());
  }

  private static Optional<String> value(List<Token> tokens) {
    if (tokens.size() == 1 && tokens.getFirst().is("default")) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    for (Token token : tokens) {
      if (token.isSymbol(",")) {
        text.append(", ");
      } else {
        text.append(token.text());
      }
    }
    return Optional.of(text.toString());
  }

  private static String shown(List<Token> tokens) {
    if (tokens.size() > 2 && tokens.get(1).is("transaction")) {
      return "transaction_isolation";
    }
    if (tokens.size() > 2 && tokens.get(1).is("time")) {
      return "timezone";
    }
    return tokens.size() < 2 ? "all" : dotted(tokens, 1);
  }

  /// @param filler a word that may stand before the name
  private static Optional<String> named(List<Token> tokens, String filler) {
    int at = tokens.size() > 2 && tokens.get(1).is(filler) ? 2 : 1;
    if (tokens.size() <= at) {
      throw syntax("a name is missing", tokens.getFirst().text());
    }
    return tokens.get(at).is("all") ? Optional.empty() : Optional.of(SqlText.name(tokens.get(at)));
  }

  private static Command declare(String sql, List<Token> tokens) {
    int at = 2;
    while (at < tokens.size() && !tokens.get(at).is("for")) {
      Token token = tokens.get(at);
      if (token.is("with")) {
        throw new ProblemException(
            ErrorCode.UNSUPPORTED,
            "Cannot hold a cursor beyond its transaction; leave out WITH HOLD");
      }
      if (token.is("scroll") && !tokens.get(at - 1).is("no")) {
        throw new ProblemException(ErrorCode.UNSUPPORTED, "Cannot scroll back; leave out SCROLL");
      }
      at++;
    }
    if (at + 1 >= tokens.size()) {
      throw syntax("DECLARE needs a name, CURSOR FOR and a query", sql);
    }
    return new Declare(SqlText.name(tokens.get(1)), sql.substring(tokens.get(at).end()));
  }

  private static Command fetch(List<Token> tokens) {
    long rows = 1;
    int at = 1;
    for (; at < tokens.size() - 1; at++) {
      Token token = tokens.get(at);
      if (token.kind() == Kind.NUMBER) {
        rows = count(token);
      } else if (token.is("all")) {
        rows = Long.MAX_VALUE;
      } else if (!token.is("forward")
          && !token.is("next")
          && !token.is("from")
          && !token.is("in")) {
        throw new ProblemException(
            ErrorCode.UNSUPPORTED,
            "Cannot FETCH %s: a cursor only goes forward".formatted(upper(token)));
      }
    }
    if (at >= tokens.size()) {
      throw syntax("FETCH needs the name of a cursor", "FETCH");
    }
    return new Fetch(SqlText.name(tokens.get(at)), rows);
  }

  private static long count(Token token) {
    try {
      long rows = Long.parseLong(token.text());
      if (rows > 0) {
        return rows;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new ProblemException(
        ErrorCode.UNSUPPORTED,
        "Cannot FETCH %s: write a whole number of rows, from 1 on".formatted(token.text()));
  }

  static ProblemException syntax(String what, String sql) {
    return new ProblemException(
        ErrorCode.SYNTAX,
        "Cannot read '%s': %s".formatted(sql.strip().lines().findFirst().orElse(""), what));
  }
}
