package io.scorebook.gateway.postgres;

import io.scorebook.gateway.postgres.SqlText.Kind;
import io.scorebook.gateway.postgres.SqlText.Token;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// How `COPY ... TO STDOUT` writes rows.
///
/// @param nothing what stands for NULL
record CopyForm(Layout layout, boolean header, String delimiter, String nothing) {
  enum Layout {
    TEXT,
    CSV,
    BINARY
  }

  /// As PostgreSQL has it: behind a backslash they mean something else, or may come to.
  private static final String NOT_IN_TEXT = ".abcdefghijklmnopqrstuvwxyz0123456789";

  /// Bytes of a character.
  private static final int MOST_UTF8 = 3;

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /// `COPY (query) TO STDOUT ...` or `COPY table TO STDOUT ...`.
  static Command read(String sql, List<Token> tokens) {
    int at = 1;
    String query;
    if (at < tokens.size() && tokens.get(at).isSymbol("(")) {
      int depth = 0;
      int close = at;
      for (; close < tokens.size(); close++) {
        depth += tokens.get(close).isSymbol("(") ? 1 : tokens.get(close).isSymbol(")") ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
      if (close == tokens.size()) {
        throw Command.syntax("a bracket is not closed", sql);
      }
      query = sql.substring(tokens.get(at).end(), tokens.get(close).start());
      at = close + 1;
    } else {
      int to = at;
      while (to < tokens.size() && !tokens.get(to).is("to") && !tokens.get(to).is("from")) {
        to++;
      }
      if (to == tokens.size() || to == at) {
        throw Command.syntax("COPY needs a query in brackets, or a table, and TO STDOUT", sql);
      }
      query =
          table(
              sql.substring(tokens.get(at).start(), tokens.get(to).start()),
              tokens.subList(at, to));
      at = to;
    }
    if (at < tokens.size() && tokens.get(at).is("from")) {
      throw new ProblemException(
          ErrorCode.READ_ONLY, "Cannot copy into a table: products are read here");
    }
    if (at + 1 >= tokens.size() || !tokens.get(at).is("to") || !tokens.get(at + 1).is("stdout")) {
      throw new ProblemException(
          ErrorCode.UNSUPPORTED, "Cannot copy to a file of the server; write TO STDOUT");
    }
    return new Command.Copy(query, options(sql, tokens.subList(at + 2, tokens.size())));
  }

  private static String table(String text, List<Token> tokens) {
    int open = 0;
    while (open < tokens.size() && !tokens.get(open).isSymbol("(")) {
      open++;
    }
    if (open == tokens.size()) {
      return "SELECT * FROM " + text;
    }
    int offset = tokens.getFirst().start();
    int from = tokens.get(open).end() - offset;
    int end = tokens.getLast().start() - offset;
    return "SELECT %s FROM %s"
        .formatted(text.substring(from, end), text.substring(0, tokens.get(open).start() - offset));
  }

  private static CopyForm options(String sql, List<Token> tokens) {
    Layout layout = Layout.TEXT;
    boolean header = false;
    String delimiter = "";
    String nothing = null;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String word =
          token.kind() == Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : token.text();
      Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
      switch (word) {
        case "with", "(", ")", ",", "format", "as" -> {
          // between the options
        }
        case "text" -> layout = Layout.TEXT;
        case "csv" -> layout = Layout.CSV;
        case "binary" -> layout = Layout.BINARY;
        case "header" -> {
          header = next == null || !(next.is("false") || next.is("off"));
          if (next != null && (isTruth(next) || !header)) {
            i++;
          }
        }
        case "delimiter", "null", "encoding" -> {
          if (next != null && next.is("as")) {
            i++;
            next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
          }
          if (next == null || next.kind() != Kind.STRING) {
            throw Command.syntax("%s needs a text".formatted(word.toUpperCase(Locale.ROOT)), sql);
          }
          i++;
          switch (word) {
            case "delimiter" -> delimiter = next.text();
            case "null" -> nothing = next.text();
            default -> {
              if (!next.text().toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8")) {
                throw new ProblemException(
                    ErrorCode.UNSUPPORTED, "Cannot copy in another encoding than UTF8");
              }
            }
          }
        }
        default ->
            throw new ProblemException(
                ErrorCode.UNSUPPORTED,
                "Cannot copy with '%s': FORMAT, HEADER, DELIMITER, NULL and ENCODING are known"
                    .formatted(token.text()));
      }
    }
    boolean chosen = !delimiter.isEmpty();
    if (!chosen) {
      delimiter = layout == Layout.CSV ? "," : "\t";
    }
    if (delimiter.length() != 1 || "\n\r\\\"".contains(delimiter)) {
      throw Command.syntax(
          "DELIMITER must be one character, and no quote, backslash or line end", sql);
    }
    if (layout == Layout.TEXT && NOT_IN_TEXT.contains(delimiter)) {
      throw Command.syntax(
          "DELIMITER must be no letter, digit or point, which stand behind a backslash", sql);
    }
    if (layout == Layout.BINARY && (chosen || nothing != null || header)) {
      throw Command.syntax("a binary copy has neither DELIMITER, NULL nor HEADER", sql);
    }
    String none = nothing != null ? nothing : layout == Layout.CSV ? "" : "\\N";
    if (none.contains(delimiter)
        || none.chars().anyMatch(c -> "\n\r".indexOf(c) >= 0)
        || layout == Layout.CSV && none.contains("\"")) {
      throw Command.syntax("NULL must not have the delimiter, a quote or a line end in it", sql);
    }
    return new CopyForm(layout, header, delimiter, none);
  }

  private static boolean isTruth(Token token) {
    return token.is("true") || token.is("on") || token.is("match");
  }

  boolean isBinary() {
    return layout == Layout.BINARY;
  }

  /// What comes before the rows; empty where nothing does.
  byte[] head(List<Field> fields) {
    if (isBinary()) {
      return SIGNATURE.clone();
    }
    if (!header) {
      return new byte[0];
    }
    return line(fields.stream().map(field -> escaped(field.name())).toList(), delimiter);
  }

  /// What comes after the rows.
  byte[] tail() {
    return isBinary() ? new byte[] {(byte) 0xff, (byte) 0xff} : new byte[0];
  }

  Formats formats() {
    return isBinary() ? Formats.BINARY : Formats.TEXT;
  }

  /// The current row as a line.
  void line(List<Cell> cells, WireBytes out) {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.utf8(delimiter);
      }
      int from = out.end();
      if (!cells.get(i).write(out)) {
        out.utf8(nothing);
      } else if (hasSpecial(out, from)) {
        String plain = new String(out.array(), from, out.end() - from, StandardCharsets.UTF_8);
        out.cut(from);
        out.utf8(escaped(plain));
      }
    }
    out.int8('\n');
  }

  /// Whether there may be something to escape in what was just written: almost always there is not.
  private boolean hasSpecial(WireBytes out, int from) {
    byte[] bytes = out.array();
    byte first = firstOfDelimiter();
    boolean isCsv = layout == Layout.CSV;
    for (int i = from; i < out.end(); i++) {
      byte each = bytes[i];
      if (each == '\\' || each == first || each >= 0 && each < ' ' || each == '"' && isCsv) {
        return true;
      }
    }
    int length = out.end() - from; // of so many bytes could be what stands for NULL
    return isCsv && length >= nothing.length() && length <= MOST_UTF8 * nothing.length();
  }

  private byte firstOfDelimiter() {
    char only = delimiter.charAt(0);
    return only < 0x80 ? (byte) only : delimiter.getBytes(StandardCharsets.UTF_8)[0];
  }

  private static byte[] line(List<String> cells, String delimiter) {
    return (String.join(delimiter, cells) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private String escaped(String text) {
    if (layout == Layout.CSV) {
      boolean quoted =
          text.equals(nothing)
              || text.contains(delimiter)
              || text.indexOf('"') >= 0
              || text.indexOf('\n') >= 0
              || text.indexOf('\r') >= 0
              || text.equals("\\.");
      return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
    return text.replace("\\", "\\\\")
        .replace("\b", "\\b")
        .replace("\f", "\\f")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        .replace("\u000b", "\\v")
        .replace(delimiter, delimiter.equals("\t") ? "\\t" : "\\" + delimiter);
  }
}
