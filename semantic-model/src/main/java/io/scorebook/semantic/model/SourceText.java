package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import java.util.List;

/// The text of a document, to find where the content of a scalar begins: behind its quote, or on
/// the line below its `|`.
final class SourceText {
  private final List<String> lines;

  SourceText(String text) {
    this.lines = text.lines().toList();
  }

  /// Where the first character of the scalar's content stands. Positions within a plain, quoted or
  /// literal (`|`) scalar can be counted from there; a folded one (`>`, or over several lines) only
  /// has its beginning.
  Location contentOf(Value.Scalar scalar) {
    Location start = scalar.location();
    String line = line(start.line());
    if (start.column() > line.length()) {
      return start;
    }
    return switch (line.charAt(start.column() - 1)) {
      case '\'', '"' -> new Location(start.file(), start.line(), start.column() + 1);
      case '|', '>' -> firstLineOfBlock(start);
      default -> start;
    };
  }

  private Location firstLineOfBlock(Location start) {
    for (int number = start.line() + 1; number <= lines.size(); number++) {
      String line = line(number);
      if (!line.isBlank()) {
        int indentation = line.length() - line.stripLeading().length();
        return new Location(start.file(), number, indentation + 1);
      }
    }
    return start;
  }

  private String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }
}
