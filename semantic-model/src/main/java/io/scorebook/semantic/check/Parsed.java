package io.scorebook.semantic.check;

import io.scorebook.documents.Location;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.expression.SqlWords;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// SQL of a model: its tree, or where and why there is none.
sealed interface Parsed {
  record Tree(SqlNode node) implements Parsed {}

  record Failed(Location location, String why) implements Parsed {}

  /// Nothing was written; the reader has said so.
  record Absent() implements Parsed {}

  /// A person writes no more than this in one expression or source.
  int MAX_LENGTH = 100_000;

  static Parsed expression(String text, Location at) {
    return parse(text, at, false);
  }

  /// A query; a statement of another kind has failed.
  static Parsed query(String text, Location at) {
    return parse(text, at, true);
  }

  default Optional<SqlNode> tree() {
    return this instanceof Tree(SqlNode node) ? Optional.of(node) : Optional.empty();
  }

  private static Parsed parse(String text, Location at, boolean isQuery) {
    if (text.isBlank()) {
      return new Absent();
    }
    if (text.length() > MAX_LENGTH) {
      return new Failed(at, "it has more than %,d characters".formatted(MAX_LENGTH));
    }
    try {
      if (!isQuery) {
        SqlNode node = Sql.parseExpression(text);
        return new Tree(node);
      }
      SqlNode node = Sql.parseStatement(text);
      return node.isA(SqlKind.QUERY) ? new Tree(node) : new Failed(at, "it is no query");
    } catch (SqlParseException e) {
      return new Failed(place(at, e.getPos()), reason(e));
    } catch (StackOverflowError _) {
      return new Failed(at, "it is nested too deep");
    }
  }

  /// Where a position within the text is in the document.
  static Location place(Location text, @Nullable SqlParserPos position) {
    if (position == null || position.getLineNum() < 1) {
      return text;
    }
    return new Location(
        text.file(),
        text.line() + position.getLineNum() - 1,
        text.column() + position.getColumnNum() - 1);
  }

  static String reason(SqlParseException e) {
    return SqlWords.syntax(e.getMessage(), "");
  }
}
