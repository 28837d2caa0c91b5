package io.scorebook.semantic.imports;

import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.imports.Draft.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// The columns of source tables: those that the source gives a type, and those whose type has to be
/// guessed from how they are used.
final class ColumnTypes {
  /// How sure a type is; the surest counts.
  enum Ground {
    USED,
    COMPARED,
    MEANT,
    DECLARED
  }

  private record Guess(Type type, Ground ground) {}

  private final Map<String, Map<String, Guess>> tables =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  void add(String table, String column, Type type, Ground ground) {
    Map<String, Guess> columns =
        tables.computeIfAbsent(table, _ -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    Guess known = columns.get(column);
    if (known == null || known.ground().compareTo(ground) < 0) {
      columns.put(column, new Guess(type, ground));
    }
  }

  /// The columns of an expression, typed by how it uses them.
  ///
  /// @param whole the type of the expression itself, for one that is a plain column
  void use(String table, String expression, Type whole, Ground ground) {
    try {
      SqlNode parsed = Sql.parseExpression(expression);
      if (parsed instanceof SqlIdentifier name) {
        add(table, name.names.getLast(), whole, ground);
        return;
      }
      parsed.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlIdentifier name) {
              if (!name.isStar()) {
                add(table, name.names.getLast(), Type.STRING, Ground.USED);
              }
              return null;
            }

            @Override
            public Void visit(SqlCall call) {
              operands(call)
                  .ifPresent(type -> {
                    for (SqlNode operand : call.getOperandList()) {
                      if (operand instanceof SqlIdentifier name && !name.isStar()) {
                        add(table, name.names.getLast(), type, Ground.COMPARED);
                      }
                    }
                  });
              return super.visit(call);
            }
          });
    } catch (SqlParseException _) {
      // What cannot be parsed is told where it is used.
    }
  }

  /// What the columns beside each other in a call must be.
  private static Optional<Type> operands(SqlCall call) {
    return switch (call.getKind()) {
      case AND, OR, NOT, IS_TRUE, IS_FALSE -> Optional.of(Type.BOOLEAN);
      case PLUS, MINUS, TIMES, MINUS_PREFIX -> Optional.of(Type.DOUBLE);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          call.getOperandList().stream().flatMap(one -> literal(one).stream()).findFirst();
      default ->
          call.getOperator().getName().contains("DIVIDE")
              ? Optional.of(Type.DOUBLE)
              : Optional.empty();
    };
  }

  private static Optional<Type> literal(SqlNode node) {
    if (node instanceof SqlNumericLiteral) {
      return Optional.of(Type.DOUBLE);
    }
    if (!(node instanceof SqlLiteral literal)) {
      return Optional.empty();
    }
    SqlTypeName type = literal.getTypeName();
    var types = new EnumMap<SqlTypeName, Type>(SqlTypeName.class);
    types.put(SqlTypeName.CHAR, Type.STRING);
    types.put(SqlTypeName.BOOLEAN, Type.BOOLEAN);
    types.put(SqlTypeName.DATE, Type.DATE);
    types.put(SqlTypeName.TIMESTAMP, Type.TIMESTAMP);
    return Optional.ofNullable(types.get(type));
  }

  /// A type that a source declares, in the words of a warehouse.
  static Optional<Type> declared(String written) {
    String word = written.toLowerCase(Locale.ROOT).replaceAll("\\(.*", "").strip();
    return switch (word) {
      case "string", "text", "varchar", "char", "character varying" -> Optional.of(Type.STRING);
      case "int", "integer", "bigint", "int64", "smallint", "long" -> Optional.of(Type.LONG);
      case "float", "double", "float64", "double precision", "real" -> Optional.of(Type.DOUBLE);
      case "decimal", "numeric", "number" -> Optional.of(Type.DECIMAL);
      case "bool", "boolean" -> Optional.of(Type.BOOLEAN);
      case "date" -> Optional.of(Type.DATE);
      case "timestamp", "datetime", "timestamp_ntz" -> Optional.of(Type.TIMESTAMP);
      default -> Optional.empty();
    };
  }

  /// Gives two columns that are joined one type, the surer of both.
  void unify(String table, String column, String other, String otherColumn) {
    add(table, column, Type.STRING, Ground.USED);
    add(other, otherColumn, Type.STRING, Ground.USED);
    Guess one = guess(table, column);
    Guess two = guess(other, otherColumn);
    Guess surer = one.ground().compareTo(two.ground()) >= 0 ? one : two;
    Guess whole =
        surer.type() == Type.DOUBLE && surer.ground() != Ground.DECLARED
            ? new Guess(Type.LONG, surer.ground())
            : surer;
    tables.computeIfPresent(table, (_, columns) -> with(columns, column, whole));
    tables.computeIfPresent(other, (_, columns) -> with(columns, otherColumn, whole));
  }

  private static Map<String, Guess> with(Map<String, Guess> columns, String name, Guess guess) {
    columns.put(name, guess);
    return columns;
  }

  private Guess guess(String table, String column) {
    Guess guess = tables.getOrDefault(table, Map.of()).get(column);
    return guess == null ? new Guess(Type.STRING, Ground.USED) : guess;
  }

  /// The tables with their columns.
  List<Draft.Table> tables(Map<String, List<String>> primaryKeys) {
    var all = new ArrayList<Draft.Table>();
    tables.forEach((table, columns) -> {
      var typed = new LinkedHashMap<String, Draft.Column>();
      columns.forEach((name, guess) ->
          typed.put(name, new Draft.Column(name, guess.type(), guess.ground() != Ground.DECLARED)));
      all.add(
          new Draft.Table(
              table, List.copyOf(typed.values()), primaryKeys.getOrDefault(table, List.of())));
    });
    return all;
  }
}
