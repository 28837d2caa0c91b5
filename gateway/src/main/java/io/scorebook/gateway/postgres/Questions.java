package io.scorebook.gateway.postgres;

import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import io.scorebook.gateway.session.SqlParameters;
import io.scorebook.gateway.session.StatementTime;
import io.scorebook.gateway.session.Told;
import io.scorebook.semantic.expression.Functions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one connection asks, by who opened it: of the desk, or of the system catalog that he sees.
final class Questions implements AutoCloseable {
  /// Settings that are for the session.
  static final List<String> TAKEN = List.of(Settings.PURPOSE, "search_path", StatementTime.SETTING);

  private static final int KNOWN_STATEMENTS = 200;

  /// A longer statement is looked at each time anew.
  private static final int KNOWN_LENGTH = 10_000;

  /// Words that ask about the session, which the catalog knows.
  private static final Set<String> OF_SESSION =
      Set.of(
          "current_catalog",
          "current_path",
          "current_role",
          "current_schema",
          "current_user",
          "session_user",
          "system_user",
          "user");

  /// Words before a bracket that call no function, beside the functions that there are.
  private static final Set<String> NO_CALLS =
      Set.of(
          "all",
          "and",
          "any",
          "array",
          "as",
          "between",
          "by",
          "case",
          "char",
          "character",
          "decimal",
          "distinct",
          "else",
          "exists",
          "filter",
          "float",
          "from",
          "having",
          "in",
          "interval",
          "like",
          "not",
          "numeric",
          "on",
          "or",
          "over",
          "row",
          "select",
          "some",
          "then",
          "time",
          "timestamp",
          "union",
          "values",
          "varchar",
          "varying",
          "when",
          "where",
          "within");

  private final Session session;
  private final Catalogs.Own catalogs;
  private final Map<String, Boolean> ofCatalog =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KNOWN_STATEMENTS;
        }
      };

  Questions(Session session, Catalogs.Own catalogs) {
    this.session = session;
    this.catalogs = catalogs;
  }

  /// Takes a setting that is for the session, which the others are not.
  ///
  /// @throws ProblemException where the caller may not ask for the purpose; for a time that is none
  void take(String setting, String value) {
    switch (setting.toLowerCase(Locale.ROOT)) {
      case Settings.PURPOSE -> session.purpose(value);
      case "search_path" -> session.path(value);
      case StatementTime.SETTING -> session.time(value);
      default -> {
        // changes no answer
      }
    }
  }

  /// @throws ProblemException where the caller's key was taken away, or his token has expired
  void requireValid() {
    session.requireValid();
  }

  /// Runs a query.
  ///
  /// @param types of the values, as the client gave them
  /// @throws ProblemException where there is no answer, with all reasons
  RowSource ask(
      String sql,
      List<? extends @Nullable Object> values,
      List<Integer> types,
      Cancellation cancellation) {
    session.requireValid();
    requireValues(sql, values);
    Optional<SystemCatalog> catalog = catalogOf(sql);
    if (catalog.isEmpty()) {
      return RowSource.of(session.ask(bound(sql, values, types), cancellation));
    }
    long start = System.nanoTime();
    SystemCatalog.Result result = catalog.get().query(sql, values, session.limits(cancellation));
    session.told(Told.catalog(sql), start);
    return RowSource.of(result);
  }

  /// The columns of a query whose values are not there yet.
  ///
  /// @param types of the parameters, as the client gave them
  List<Field> columns(String sql, int parameters, List<Integer> types) {
    session.requireValid();
    Optional<SystemCatalog> catalog = catalogOf(sql);
    if (catalog.isPresent()) {
      return catalog.get().columns(sql, parameters).stream().map(Field::of).toList();
    }
    var literals = new ArrayList<String>();
    for (int i = 0; i < parameters; i++) {
      literals.add(nothing(types, i));
    }
    return planned(SqlText.bind(sql, literals));
  }

  /// The columns of a query.
  List<Field> columns(String sql, List<? extends @Nullable Object> values, List<Integer> types) {
    session.requireValid();
    requireValues(sql, values);
    Optional<SystemCatalog> catalog = catalogOf(sql);
    return catalog.isPresent()
        ? catalog.get().columns(sql, values.size()).stream().map(Field::of).toList()
        : planned(bound(sql, values, types));
  }

  /// A NULL of the type that was given, so that what is made of it has one, whatever the value.
  private static String nothing(List<Integer> types, int parameter) {
    int oid = parameter < types.size() ? types.get(parameter) : 0;
    return PgType.ofOid(oid).map(Questions::nothing).orElse("NULL");
  }

  private static String nothing(PgType type) {
    return "CAST(NULL AS %s)"
        .formatted(
            switch (type) {
              case BOOL -> "BOOLEAN";
              case INT2, INT4, INT8, OID -> "BIGINT";
              case FLOAT4, FLOAT8 -> "DOUBLE";
              case NUMERIC -> "DECIMAL(38, 10)";
              case DATE -> "DATE";
              case TIMESTAMP, TIMESTAMPTZ -> "TIMESTAMP";
              case CHAR, NAME, TEXT, VARCHAR, INT2VECTOR, OIDVECTOR -> "VARCHAR";
            });
  }

  private List<Field> planned(String sql) {
    return Field.of(session.columns(sql));
  }

  /// A statement that writes: refused as at every door.
  ProblemException refusal(String sql) {
    try (OpenAnswer answered = session.ask(sql, new Cancellation())) {
      throw new IllegalStateException("A statement that writes has an answer of " + answered);
    } catch (ProblemException e) {
      return e;
    }
  }

  private static String bound(
      String sql, List<? extends @Nullable Object> values, List<Integer> types) {
    var literals = new ArrayList<String>();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      literals.add(value == null ? nothing(types, i) : SqlParameters.literal(value, i + 1));
    }
    return SqlText.bind(sql, literals);
  }

  /// What is not given is no NULL, which would be another question.
  private static void requireValues(String sql, List<? extends @Nullable Object> values) {
    int parameters = SqlText.parameters(sql);
    if (parameters > values.size()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Cannot run the query: there is no value for its parameter $%d".formatted(parameters));
    }
  }

  /// The system catalog, where a statement is for it, which its text alone says.
  private Optional<SystemCatalog> catalogOf(String sql) {
    if (Boolean.FALSE.equals(ofCatalog.get(sql))) {
      return Optional.empty();
    }
    // Whoever reads from something that no table of the catalog is called like needs none made, and
    // what reads from nothing is computed as at every door, unless it asks for what is there alone.
    if (!namesCatalog(sql)
        && (reads(sql)
            || !asksOfSession(sql)
                && (session.answers(withNothing(sql)) || !isPostgresAlone(sql)))) {
      know(sql, false);
      return Optional.empty();
    }
    SystemCatalog catalog = catalogs.seenBy(session.view());
    Boolean known = ofCatalog.get(sql);
    boolean concerns = known != null ? known : catalog.concerns(sql);
    know(sql, concerns);
    return concerns ? Optional.of(catalog) : Optional.empty();
  }

  private void know(String sql, boolean isOfCatalog) {
    if (sql.length() <= KNOWN_LENGTH) {
      ofCatalog.put(sql, isOfCatalog);
    }
  }

  private static boolean namesCatalog(String sql) {
    return SqlText.tokens(sql).stream()
        .map(SqlText::name)
        .anyMatch(name -> name.startsWith("pg_") || name.equals("information_schema"));
  }

  private static boolean asksOfSession(String sql) {
    return SqlText.tokens(sql).stream()
        .anyMatch(token ->
            token.kind() == SqlText.Kind.WORD
                && OF_SESSION.contains(token.text().toLowerCase(Locale.ROOT)));
  }

  /// Whether a statement that reads nothing calls or names what only the catalog has: a function
  /// that there is not here, a type of names or numbers of tables, an array. All else that is
  /// refused here stays refused: the catalog's engine would compute it otherwise.
  private static boolean isPostgresAlone(String sql) {
    List<SqlText.Token> tokens = SqlText.tokens(sql);
    for (int i = 0; i < tokens.size(); i++) {
      SqlText.Token token = tokens.get(i);
      String name = SqlText.name(token);
      boolean isCalled = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(");
      boolean isType = name.startsWith("reg") || name.equals("oid") || name.equals("name");
      if (token.isSymbol("[")
          || (token.kind() == SqlText.Kind.WORD
              && (isType
                  || (isCalled
                      && !NO_CALLS.contains(name)
                      && !Functions.names().contains(name.toUpperCase(Locale.ROOT)))))) {
        return true;
      }
    }
    return false;
  }

  private static boolean reads(String sql) {
    return SqlText.tokens(sql).stream().anyMatch(token -> token.is("from"));
  }

  private static String withNothing(String sql) {
    return SqlText.bind(sql, Collections.nCopies(SqlText.parameters(sql), "NULL"));
  }

  /// What is to be said of the versions that a query reads: those that will end.
  List<String> notices(String sql) {
    return session.notices(sql);
  }

  @Override
  public void close() {
    catalogs.close();
  }
}
