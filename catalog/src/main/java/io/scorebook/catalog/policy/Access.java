package io.scorebook.catalog.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the policies of a domain come to for one caller. Two callers whose access is equal are told
/// the same; whatever is kept for one of them is kept under [#fingerprint].
///
/// @param granted the names of each kind of thing that may be read, or [Grant#EVERYTHING]
/// @param tables what is kept back of the source tables, by `namespace.table`; all of a table that
///   is not here
/// @param groupSizes the metrics that are not told of small groups, by name
public record Access(
    Map<Grant.Kind, Set<String>> granted,
    SortedMap<String, TableAccess> tables,
    SortedMap<String, GroupSizeRule> groupSizes) {

  public Access {
    granted = Map.copyOf(granted);
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    groupSizes = Collections.unmodifiableSortedMap(new TreeMap<>(groupSizes));
  }

  /// What is kept back of one table.
  ///
  /// @param rows which rows are seen; all where it is absent
  /// @param columns what becomes of columns, by name; the others are seen as they are
  public record TableAccess(Optional<RowFilter> rows, SortedMap<String, ColumnRule> columns) {
    public TableAccess {
      columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }

    /// The columns that are not there.
    public List<String> hidden() {
      return columns.values().stream()
          .filter(rule -> rule.mask().isEmpty())
          .map(ColumnRule::column)
          .toList();
    }
  }

  /// A row is seen where one of the first holds, and all of the others. Without a first none is.
  public record RowFilter(List<Condition> anyOf, List<Condition> allOf) {
    public RowFilter {
      anyOf = List.copyOf(anyOf);
      allOf = List.copyOf(allOf);
    }
  }

  /// @param rule what provenance calls it
  /// @param sql over the table's columns and `caller.x`
  /// @param attributes the values of `caller.x`; one that the caller does not have is not here, and
  ///   the condition holds for no row then
  public record Condition(String rule, String sql, SortedMap<String, List<String>> attributes) {
    public Condition {
      attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
  }

  /// Everything.
  public static Access all() {
    Set<String> all = Set.of(Grant.EVERYTHING);
    return new Access(
        Map.of(Grant.Kind.PRODUCT, all, Grant.Kind.DATASET, all, Grant.Kind.METRIC, all),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /// Whether nothing is kept back.
  public boolean seesAll() {
    return tables.isEmpty() && groupSizes.isEmpty() && isGrantedAll();
  }

  private boolean isGrantedAll() {
    return java.util.Arrays.stream(Grant.Kind.values())
        .allMatch(kind -> granted.getOrDefault(kind, Set.of()).contains(Grant.EVERYTHING));
  }

  /// Whether a thing may be read; that what it is made of is seen is another question.
  public boolean grants(Grant.Kind kind, String name) {
    Set<String> names = granted.getOrDefault(kind, Set.of());
    return names.contains(Grant.EVERYTHING) || names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /// Whether rows, values or columns of a table are kept back. Nothing that is told of such a table
  /// may depend on what is kept back: no snapshot id, no number of rows, no statistics, no file.
  ///
  /// @param table `namespace.table`, or `namespace.table@tag`
  public boolean restricts(String table) {
    return tables.containsKey(untagged(table));
  }

  private static String untagged(String table) {
    int at = table.indexOf('@');
    return at < 0 ? table : table.substring(0, at);
  }

  /// Whether one of the tables is restricted.
  public boolean restrictsAny(Collection<String> these) {
    return these.stream().anyMatch(this::restricts);
  }

  /// What of `namespace.table` is kept back.
  public Optional<TableAccess> table(String table) {
    return Optional.ofNullable(tables.get(untagged(table)));
  }

  /// What provenance names of an answer that was made of these tables: the rules on their rows, the
  /// masks of the columns that were looked at. Columns that are not there are not told of.
  ///
  /// @param columns as `namespace.table.column`
  public List<String> applied(Collection<String> read, Collection<String> columns) {
    var names = new TreeSet<String>();
    tables.forEach((table, access) -> {
      if (read.stream().anyMatch(name -> untagged(name).equals(table))) {
        access
            .rows()
            .ifPresent(rows -> {
              rows.anyOf().forEach(condition -> names.add(condition.rule()));
              rows.allOf().forEach(condition -> names.add(condition.rule()));
              if (rows.anyOf().isEmpty()) {
                names.add(table.substring(table.indexOf('.') + 1) + " rows: none");
              }
            });
        access.columns().values().stream()
            .filter(rule -> columns.contains(table + "." + rule.column()))
            .forEach(rule ->
                rule.mask()
                    .ifPresent(mask ->
                        names.add(
                            "%s.%s: %s"
                                .formatted(
                                    table.substring(table.indexOf('.') + 1),
                                    rule.column(),
                                    mask.words()))));
      }
    });
    return List.copyOf(names);
  }

  /// `sha256:` and a digest of all of this, with the values of attributes that conditions name. It
  /// is part of the key of everything that is kept of answers.
  public String fingerprint() {
    var text = new StringBuilder();
    for (Grant.Kind kind : Grant.Kind.values()) {
      write(text, kind.key(), new TreeSet<>(granted.getOrDefault(kind, Set.of())));
    }
    tables.forEach((table, access) -> {
      write(text, "table", List.of(table));
      access
          .rows()
          .ifPresent(rows -> {
            write(text, "rows", List.of());
            rows.anyOf().forEach(condition -> write(text, "lets", condition));
            rows.allOf().forEach(condition -> write(text, "narrows", condition));
          });
      access
          .columns()
          .values()
          .forEach(rule ->
              write(
                  text,
                  "column",
                  List.of(rule.column(), rule.mask().map(Access::write).orElse("deny"))));
    });
    groupSizes
        .values()
        .forEach(rule ->
            write(
                text,
                "groups",
                List.of(rule.metric(), Integer.toString(rule.atLeast()), rule.of())));
    return "sha256:" + digest(text.toString());
  }

  private static String write(Mask mask) {
    return mask instanceof Mask.Constant(String value) ? "constant " + value : mask.words();
  }

  private static void write(StringBuilder text, String what, Condition condition) {
    write(text, what, List.of(condition.rule(), condition.sql()));
    condition
        .attributes()
        .forEach((name, values) -> {
          write(text, "attribute", List.of(name));
          write(text, "values", values);
        });
  }

  /// With lengths, so that no text can be taken for two.
  private static void write(StringBuilder text, String what, Collection<String> values) {
    text.append(what).append(' ').append(values.size()).append('\n');
    values.forEach(value -> text.append(value.length()).append(':').append(value).append('\n'));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}
