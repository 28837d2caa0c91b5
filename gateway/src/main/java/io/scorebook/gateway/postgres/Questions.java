package io.scorebook.gateway.postgres;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.ProductsNamed;
import io.scorebook.gateway.session.SqlParameters;
import io.scorebook.semantic.plan.Planning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/// What one connection asks, by who opened it: of the desk, or of the system catalog that he sees.
final class Questions implements AutoCloseable {
  private static final int KNOWN_STATEMENTS = 200;

  private final Desk desk;
  private final Admitted admitted;
  private final Catalogs.Own catalogs;
  private final Map<String, Boolean> ofCatalog =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KNOWN_STATEMENTS;
        }
      };
  private Caller caller;
  private SearchPath path = SearchPath.DEFAULT;

  Questions(Desk desk, Admitted admitted, Catalogs.Own catalogs) {
    this.desk = desk;
    this.admitted = admitted;
    this.catalogs = catalogs;
    this.caller = admitted.caller();
  }

  /// What the answers are for.
  ///
  /// @throws ProblemException where the caller may not ask for it
  private void purpose(String word) {
    caller = admitted.asking(word.isEmpty() ? Optional.empty() : Optional.of(word));
  }

  /// Sets what the session is for and where it looks for tables, which the other settings do not.
  ///
  /// @throws ProblemException where the caller may not ask for the purpose
  void take(String setting, String value) {
    if (setting.equals(Settings.PURPOSE)) {
      purpose(value);
    } else if (setting.equalsIgnoreCase("search_path")) {
      path = SearchPath.of(value);
    }
  }

  /// Takes the settings as they are after some were reset.
  void takeAll(Settings settings) {
    purpose(settings.get(Settings.PURPOSE).orElse(""));
    path = SearchPath.of(settings.get("search_path").orElse(""));
  }

  /// Runs a query.
  ///
  /// @throws ProblemException where there is no answer, with all reasons
  RowSource ask(String sql, List<? extends @Nullable Object> values, Cancellation cancellation) {
    requireValid();
    var view = desk.as(caller);
    Optional<SystemCatalog> catalog = catalogOf(sql, view);
    if (catalog.isPresent()) {
      return RowSource.of(catalog.get().query(sql, values));
    }
    String bound = bound(sql, values);
    path.check(bound, view.domains());
    return RowSource.of(desk.ask(caller, new Ask.Sql(bound, Optional.empty()), cancellation));
  }

  /// The columns of a query whose values are not there yet.
  ///
  /// @param types of the parameters, as the client gave them
  List<Field> columns(String sql, int parameters, List<Integer> types) {
    requireValid();
    var view = desk.as(caller);
    Optional<SystemCatalog> catalog = catalogOf(sql, view);
    if (catalog.isPresent()) {
      return catalog.get().columns(sql, parameters).stream().map(Field::of).toList();
    }
    var literals = new ArrayList<String>();
    for (int i = 0; i < parameters; i++) {
      int oid = i < types.size() ? types.get(i) : 0;
      literals.add(PgType.ofOid(oid).map(Questions::nothing).orElse("NULL"));
    }
    return planned(view, SqlText.bind(sql, literals));
  }

  /// The columns of a query.
  List<Field> columns(String sql, List<? extends @Nullable Object> values) {
    if (values.isEmpty()) {
      return columns(sql, 0, List.of());
    }
    requireValid();
    var view = desk.as(caller);
    Optional<SystemCatalog> catalog = catalogOf(sql, view);
    return catalog.isPresent()
        ? catalog.get().columns(sql, values.size()).stream().map(Field::of).toList()
        : planned(view, bound(sql, values));
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

  private List<Field> planned(Backend.View view, String sql) {
    path.check(sql, view.domains());
    return switch (view.plan(sql)) {
      case Planning.Rejected(var issues) -> throw new ProblemException(Problem.of(issues));
      case Planning.Planned(var plan) -> {
        var fields = new ArrayList<Field>();
        List<ValueType> types = ValueType.of(plan.rel().getRowType());
        for (RelDataTypeField column : plan.rel().getRowType().getFieldList()) {
          int i = column.getIndex();
          fields.add(Field.of(plan.columns().get(i).name(), types.get(i)));
        }
        yield List.copyOf(fields);
      }
    };
  }

  private static String bound(String sql, List<? extends @Nullable Object> values) {
    var literals = new ArrayList<String>();
    for (int i = 0; i < values.size(); i++) {
      literals.add(SqlParameters.literal(values.get(i), i + 1));
    }
    int parameters = SqlText.parameters(sql);
    literals.addAll(Collections.nCopies(Math.max(0, parameters - literals.size()), "NULL"));
    return SqlText.bind(sql, literals);
  }

  /// The system catalog, where a statement is for it, which its text alone says.
  private Optional<SystemCatalog> catalogOf(String sql, Backend.View view) {
    if (Boolean.FALSE.equals(ofCatalog.get(sql))) {
      return Optional.empty();
    }
    // Whoever reads from something that no table of the catalog is called like needs none made.
    if (!mayConcern(sql)) {
      ofCatalog.put(sql, false);
      return Optional.empty();
    }
    SystemCatalog catalog = catalogs.seenBy(view);
    return ofCatalog.computeIfAbsent(sql, catalog::concerns)
        ? Optional.of(catalog)
        : Optional.empty();
  }

  private static boolean mayConcern(String sql) {
    boolean reads = false;
    for (SqlText.Token token : SqlText.tokens(sql)) {
      String name = SqlText.name(token);
      if (name.startsWith("pg_") || name.equals("information_schema")) {
        return true;
      }
      reads |= token.is("from");
    }
    return !reads;
  }

  /// What is to be said of the versions that a query reads: those that will end.
  List<String> notices(String sql) {
    return ProductsNamed.ports(new Ask.Sql(sql, Optional.empty()), desk.as(caller).domains())
        .stream()
        .flatMap(port -> port.published().stream())
        .filter(version -> version.deprecatedAt().isPresent())
        .map(version ->
            "The version %s of '%s' is deprecated%s%s"
                .formatted(
                    version.version(),
                    version.product(),
                    version.sunset().map(end -> ", and ends at " + end).orElse(""),
                    version.successor().map(next -> "; its successor is " + next).orElse("")))
        .distinct()
        .toList();
  }

  /// A key that was taken away, or a token that has expired, asks nothing more.
  private void requireValid() {
    if (!admitted.isValid()) {
      throw new ProblemException(
          ErrorCode.UNAUTHORIZED,
          "Cannot answer: the key or token of this connection is not valid any more");
    }
  }

  @Override
  public void close() {
    catalogs.close();
  }
}
