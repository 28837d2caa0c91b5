package io.scorebook.gateway.modeltest;

import java.util.ArrayList;
import java.util.List;

/// One of two tables that are printed beside each other.
final class Side {
  private final List<List<String>> lines = new ArrayList<>();
  private final int[] widths;

  Side(List<String> columns) {
    this.widths = new int[columns.size()];
    add(columns);
  }

  /// @param texts none for a line without a row
  void add(List<String> texts) {
    lines.add(texts);
    for (int i = 0; i < texts.size(); i++) {
      widths[i] = Math.max(widths[i], texts.get(i).length());
    }
  }

  /// How wide each line is, at least as wide as the word above it.
  int width() {
    int width = Math.max(0, widths.length - 1) * 2;
    for (int column : widths) {
      width += column;
    }
    return Math.max(width, "expected".length());
  }

  /// @param row 0 for the names of the columns
  String line(int row) {
    var line = new StringBuilder();
    List<String> texts = lines.get(row);
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        line.append("  ");
      }
      line.append(texts.get(i)).append(" ".repeat(widths[i] - texts.get(i).length()));
    }
    return line.append(" ".repeat(Math.max(0, width() - line.length()))).toString();
  }
}
