package io.scorebook.semantic.expression;

import io.scorebook.documents.Suggestions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Gives the functions of a parsed text the one meaning that they have here.
///
/// Names that mean the same ([Rewrites]) become one function, so that an engine has few to know;
/// what Calcite means otherwise than the standard of the expressions is replaced by [Scalars].
public final class Functions {
  private static final Map<String, UnaryOperator<SqlCall>> REWRITES = new TreeMap<>();

  /// Those that Calcite finds by itself.
  private static final Set<String> KEPT =
      Set.of(
          "COALESCE",
          "NULLIF",
          "CAST",
          "TRY_CAST",
          "SAFE_CAST",
          "CASE",
          "FLOOR",
          "CEIL",
          "EXTRACT",
          "MOD",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "NTILE",
          "PERCENT_RANK",
          "CUME_DIST",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE");

  static {
    TextRewrites.addTo(REWRITES);
    NumberRewrites.addTo(REWRITES);
    ConditionRewrites.addTo(REWRITES);
    TimeRewrites.addTo(REWRITES);
    DateTexts.addTo(REWRITES);
  }

  private Functions() {}

  /// The names of all that may stand in an expression.
  public static Set<String> names() {
    var names = new TreeSet<>(REWRITES.keySet());
    names.addAll(KEPT);
    names.addAll(Aggregates.names());
    return names;
  }

  static SqlNode resolve(SqlNode parsed) throws SqlParseException {
    try {
      SqlNode resolved =
          parsed.accept(
              new SqlShuttle() {
                @Override
                public SqlNode visit(SqlDataTypeSpec type) {
                  FineTimes.check(type);
                  return TypeNames.known(type);
                }

                @Override
                public @Nullable SqlNode visit(SqlLiteral literal) {
                  FineTimes.check(literal);
                  return literal instanceof SqlUnknownLiteral time ? read(time) : literal;
                }

                @Override
                public @Nullable SqlNode visit(SqlCall call) {
                  SqlCall ordered =
                      call.getKind() == SqlKind.WITHIN_GROUP ? Aggregates.withinGroup(call) : call;
                  return super.visit(ordered) instanceof SqlCall visited
                      ? rewrite(Aggregates.resolve(visited))
                      : null;
                }
              });
      return ExactDivision.mark(resolved == null ? parsed : resolved);
    } catch (Misuse misuse) {
      throw misuse.toParseException();
    }
  }

  /// `DATE '2024-01-31'`, which the parser leaves to the validator, so that two of one day are not
  /// the same to it and a key of a group that holds one is not found. What is none stays for it to
  /// refuse.
  private static SqlNode read(SqlUnknownLiteral time) {
    SqlTypeName type = SqlTypeName.get(time.tag.toUpperCase(Locale.ROOT));
    if (type == null) {
      return time;
    }
    try {
      return time.resolve(type);
    } catch (RuntimeException _) {
      return time;
    }
  }

  private static SqlNode rewrite(SqlCall call) {
    if (call.getKind() == SqlKind.LIKE) {
      return TextRewrites.like(call);
    }
    if (call.getOperator() instanceof OwnFunction) {
      return call;
    }
    NotHere.check(call);
    UnaryOperator<SqlCall> rewrite =
        REWRITES.get(call.getOperator().getName().toUpperCase(Locale.ROOT));
    return rewrite == null || !(call.getOperator() instanceof SqlFunction)
        ? call
        : rewrite.apply(call);
  }

  /// As an expression: a moment is written without parentheses, and a name that is no function here
  /// is refused.
  static SqlNode expression(SqlNode parsed) throws SqlParseException {
    SqlNode resolved = resolve(TimeRewrites.moments(parsed));
    try {
      resolved.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
              checkName(call);
              return super.visit(call);
            }
          });
      return resolved;
    } catch (Misuse misuse) {
      throw misuse.toParseException();
    }
  }

  private static void checkName(SqlCall call) {
    if (!(call.getOperator() instanceof SqlFunction function)
        || function instanceof OwnFunction
        || function == ExactDivision.DIVIDE
        || Aggregates.find(call).isPresent()) {
      return;
    }
    String name = function.getName().toUpperCase(Locale.ROOT);
    if (!KEPT.contains(name)) {
      throw new Misuse(
          call,
          "Cannot find the function '%s'; %s".formatted(name, Suggestions.clause(name, names())));
    }
  }
}
