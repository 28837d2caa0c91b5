package io.scorebook.semantic.expression;

import org.apache.calcite.sql.parser.SqlParserPos;

/// Places in a text as offsets, and as lines and columns, counted from 1; lines end as the parser
/// has them, by LF, CR, or both.
final class Lines {
  private Lines() {}

  /// The offset of a place; the end of the text where there is no such place.
  static int offset(String text, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
        at++;
      }
      at += text.startsWith("\r\n", at) ? 2 : 1;
    }
    return Math.min(text.length(), at + column - 1);
  }

  static SqlParserPos at(String text, int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\r\n", i))) {
        line++;
        start = i + 1;
      }
    }
    return new SqlParserPos(line, offset - start + 1);
  }
}
