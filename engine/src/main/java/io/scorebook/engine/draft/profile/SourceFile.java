package io.scorebook.engine.draft.profile;

import io.scorebook.catalog.load.RawRows;
import io.scorebook.catalog.load.RawValue;
import io.scorebook.catalog.load.SourceFormat;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A file of rows, and what its columns are called there.
public record SourceFile(Path path, SourceFormat format, List<String> columns) {
  private static final Pattern PART =
      Pattern.compile("(?:[-_. ]+(?:part[-_ ]?)?[0-9][-_.0-9]*|(?<=.)[0-9]{4,}[-_.0-9]*)$");
  private static final Pattern YEAR = Pattern.compile("(19|20)[0-9]{2}");
  private static final Pattern ENDING =
      Pattern.compile("(?i)\\.(csv|ndjson|jsonl|avro|parquet)(\\.gz)?$");

  public SourceFile {
    columns = List.copyOf(columns);
  }

  static SourceFile open(Path path, SourceFormat format) {
    try (RawRows rows = RawRows.open(path, format)) {
      return new SourceFile(path, format, rows.columns());
    }
  }

  /// Whether the first line of a CSV file looks like a row and not like names: a date, a number
  /// that is no year, or true or false.
  boolean lacksHeader() {
    return format == SourceFormat.CSV
        && columns.stream()
            .map(RawValue::of)
            .anyMatch(value ->
                switch (value.kind()) {
                  case DATE, MIDNIGHT, LOCAL_TIME, INSTANT, DECIMAL, DOUBLE, HUGE, BOOLEAN -> true;
                  case INTEGER -> !YEAR.matcher(String.valueOf(value.text())).matches();
                  case EMPTY, BLANK, CLOCK, FOREIGN_DATE, CODE, TEXT, NOT_FINITE, NESTED -> false;
                });
  }

  /// The file's name, as a contract has it: without `.gz`.
  public String contractName() {
    String name = name();
    return name.toLowerCase(Locale.ROOT).endsWith(".gz")
        ? name.substring(0, name.length() - ".gz".length())
        : name;
  }

  public String name() {
    return path.getFileName().toString();
  }

  /// The name without its ending.
  String stem() {
    return ENDING.matcher(name()).replaceFirst("");
  }

  /// The stem without the number or date that tells the parts of one table apart.
  String base() {
    return PART.matcher(stem()).replaceFirst("");
  }

  /// Whether the columns of both are so much alike that they are parts of one table.
  boolean isShapedLike(SourceFile other) {
    Set<String> mine = lower(columns);
    Set<String> shared = new HashSet<>(mine);
    shared.retainAll(lower(other.columns));
    Set<String> all = new HashSet<>(mine);
    all.addAll(lower(other.columns));
    return shared.size() * 2 >= all.size();
  }

  private static Set<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}
