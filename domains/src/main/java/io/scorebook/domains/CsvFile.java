package io.scorebook.domains;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes one CSV file, row after row; null is an empty cell.
final class CsvFile implements AutoCloseable {
  private final BufferedWriter out;
  private final StringBuilder row = new StringBuilder(256);
  private int rows;

  CsvFile(Path file, String header) throws IOException {
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    out.write(header);
    out.write('\n');
  }

  CsvFile cell(String text) {
    if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0) {
      row.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      row.append(text);
    }
    return separate();
  }

  CsvFile cell(long number) {
    row.append(number);
    return separate();
  }

  /// An integer as the wild files write it where a column has gaps: `12.0`.
  CsvFile gappy(int number) {
    row.append(number).append(".0");
    return separate();
  }

  /// A share with three decimals, empty where nothing was tried.
  CsvFile share(int made, int tried) {
    if (tried > 0) {
      int thousandths = (int) ((2000L * made + tried) / (2L * tried));
      row.append(thousandths / 1000).append('.');
      row.append((char) ('0' + thousandths / 100 % 10))
          .append((char) ('0' + thousandths / 10 % 10));
      row.append((char) ('0' + thousandths % 10));
    }
    return separate();
  }

  /// Minutes and seconds, `31:07`.
  CsvFile clock(int seconds) {
    row.append(seconds / 60).append(':');
    row.append((char) ('0' + seconds % 60 / 10)).append((char) ('0' + seconds % 10));
    return separate();
  }

  CsvFile empty(int cells) {
    row.repeat(',', cells);
    return this;
  }

  private CsvFile separate() {
    row.append(',');
    return this;
  }

  /// The row so far, to be written now, later, or twice; the next cell begins another.
  String take() {
    row.setLength(row.length() - 1);
    String text = row.toString();
    row.setLength(0);
    return text;
  }

  void end() throws IOException {
    write(take());
  }

  void write(String text) throws IOException {
    out.write(text);
    out.write('\n');
    rows++;
  }

  int rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
