package io.scorebook.gateway.cli;

import io.scorebook.gateway.wire.AnswerWriter;
import io.scorebook.gateway.wire.Ending;
import io.scorebook.gateway.wire.Heading;
import io.scorebook.gateway.wire.Values;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A table for people: numbers to the right, NULL as nothing. The widths are those of the first
/// thousand rows; longer answers are written in such blocks and never held whole.
final class TableWriter implements AnswerWriter {
  private static final int BLOCK = 1000;
  private final PrintWriter out;
  private final List<List<String>> block = new ArrayList<>();
  private List<OutputColumn> columns = List.of();
  private int[] widths = {};
  private boolean headed;

  TableWriter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(Heading heading) {
    columns = heading.columns();
    widths = columns.stream().mapToInt(column -> width(column.name())).toArray();
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) {
    var row = new ArrayList<String>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.apply(i);
      String text = value == null ? "" : oneLine(Values.text(value));
      row.add(text);
      widths[i] = Math.max(widths[i], width(text));
    }
    block.add(row);
    if (block.size() == BLOCK) {
      flush();
    }
  }

  @Override
  public void end(Ending ending) {
    flush();
  }

  @Override
  public void flush() {
    if (!headed) {
      headed = true;
      line(columns.stream().map(OutputColumn::name).toList());
      var rule = new ArrayList<String>();
      for (int width : widths) {
        rule.add("-".repeat(width));
      }
      out.println(String.join("  ", rule));
    }
    block.forEach(this::line);
    block.clear();
    out.flush();
  }

  private void line(List<String> texts) {
    var line = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - width(text)));
      line.append(isNumber(columns.get(i)) ? padding + text : text + padding);
      if (i < texts.size() - 1) {
        line.append("  ");
      }
    }
    out.println(line.toString().stripTrailing());
  }

  private static boolean isNumber(OutputColumn column) {
    return switch (column.type()) {
      case INTEGER, DECIMAL, DOUBLE -> true;
      case STRING, BOOLEAN, DATE, TIMESTAMP -> false;
    };
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }
}
