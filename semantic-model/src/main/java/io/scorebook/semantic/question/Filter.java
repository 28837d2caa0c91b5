package io.scorebook.semantic.question;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A condition on dimensions (chooses rows) or on metrics (chooses groups).
public sealed interface Filter {

  /// A field against values: none for [Op#IS_NULL] and [Op#IS_NOT_NULL], any number for [Op#IN] and
  /// [Op#NOT_IN], else one.
  ///
  /// @param values String, BigInteger or Long, BigDecimal, Boolean, LocalDate, null
  record Comparison(String field, Op op, List<@Nullable Object> values) implements Filter {}

  record Or(List<Filter> of) implements Filter {}

  record And(List<Filter> of) implements Filter {}

  record Not(Filter of) implements Filter {}

  /// The operators, with the names that a request writes.
  enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("notIn"),
    IS_NULL("isNull"),
    IS_NOT_NULL("isNotNull"),
    CONTAINS("contains"),
    STARTS_WITH("startsWith");

    private final String symbol;

    Op(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public static Optional<Op> find(String symbol) {
      return java.util.Arrays.stream(values()).filter(op -> op.symbol.equals(symbol)).findFirst();
    }
  }
}
