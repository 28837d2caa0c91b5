package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.DistinctNames;
import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.OnConflict;
import io.scorebook.catalog.contract.Contract.Reference;
import io.scorebook.catalog.load.PresentRows.Wanted;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.catalog.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/// What must hold between rows: references, one row for each key, distinct names. All in SQL over
/// the staged rows and the published ones, so that memory is bounded.
final class Checks {
  private static final Set<ColumnType> PRUNABLE =
      Set.of(Simple.INTEGER, Simple.LONG, Simple.DATE, Simple.STRING);

  /// Staged rows that are still to be loaded.
  static final String LIVE = "(SELECT rows.* FROM rows ANTI JOIN dropped USING (__seq))";

  private final Staging staging;
  private final Database database;
  private final Contract contract;
  private final PresentRows present;

  Checks(Staging staging, PresentRows present) {
    this.staging = staging;
    this.database = staging.database();
    this.contract = staging.contract();
    this.present = present;
  }

  /// What became of the rows that are neither loaded nor rejected.
  record Counts(long duplicates, long kept) {}

  /// @param own the table's snapshot, absent for a table that is yet to be made
  /// @param others the snapshots of the tables that are referenced, by their names
  Counts run(Optional<TableSnapshot> own, Map<String, TableSnapshot> others) {
    staging.forgetChecks();
    for (Reference reference : contract.references()) {
      check(reference, others);
    }
    dropRejected();
    Counts known = againstTable(own);
    Counts again = withinFiles();
    contract.distinctNames().ifPresent(names -> makeDistinct(names, own));
    return new Counts(known.duplicates + again.duplicates, known.kept + again.kept);
  }

  private void check(Reference reference, Map<String, TableSnapshot> others) {
    boolean self = reference.to().equals(contract.table().name());
    TableSnapshot target = others.get(reference.to());
    var wanted =
        java.util.stream.IntStream.range(0, reference.fields().size())
            .mapToObj(i ->
                new Wanted(
                    reference.toFields().get(i),
                    contract.field(reference.fields().get(i)).type().sqlName()))
            .toList();
    String there =
        present.relation(
            Optional.ofNullable(target),
            between(reference.toFields().getFirst(), reference.fields().getFirst()),
            wanted);
    if (self) {
      there =
          "(SELECT * FROM %s UNION ALL SELECT %s FROM rows)"
              .formatted(there, Sql.names(reference.toFields()));
    }
    String equal =
        java.util.stream.IntStream.range(0, reference.fields().size())
            .mapToObj(i ->
                "t.%s = s.%s"
                    .formatted(
                        Sql.name(reference.toFields().get(i)), Sql.name(reference.fields().get(i))))
            .collect(Collectors.joining(" AND "));
    String notNull =
        reference.fields().stream()
            .map(field -> "s.%s IS NOT NULL".formatted(Sql.name(field)))
            .collect(Collectors.joining(" AND "));
    String shown =
        reference.fields().stream()
            .map(field -> "'''%s'' is ' || s.%s".formatted(field, Sql.name(field)))
            .collect(Collectors.joining(" || ', ' || "));
    database.execute(
        """
        INSERT INTO reject
        SELECT __seq, __file, __line, %s, %s || ', which ''%s'' does not have'
        FROM rows s WHERE %s AND NOT EXISTS (SELECT 1 FROM %s t WHERE %s)\
        """
            .formatted(
                Sql.text(reference.fields().getFirst()),
                shown,
                reference.to(),
                notNull,
                there,
                equal));
  }

  private void dropRejected() {
    database.execute(
        """
        INSERT INTO dropped SELECT DISTINCT __seq FROM reject
        WHERE __seq IS NOT NULL AND __seq NOT IN (SELECT __seq FROM dropped)\
        """);
  }

  /// Rows whose key is published already.
  private Counts againstTable(Optional<TableSnapshot> own) {
    String first = contract.primaryKey().getFirst();
    String there = present.relation(own, between(first, first), wanted());
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE met AS
        SELECT s.__seq, s.__file, s.__line, %s AS diff, 'the row in the table' AS other
        FROM %s s JOIN %s t ON %s\
        """
            .formatted(difference("s", "t", true), LIVE, there, sameKey("s", "t")));
    return settle();
  }

  /// Rows whose key a row before them has.
  private Counts withinFiles() {
    String key = Sql.names(contract.primaryKey());
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE firsts AS
        SELECT %s, min(__seq) AS __first FROM %s GROUP BY ALL HAVING count(*) > 1\
        """
            .formatted(key, LIVE));
    if (database.number("SELECT count(*) FROM firsts") == 0) {
      return new Counts(0, 0);
    }
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE met AS
        SELECT s.__seq, s.__file, s.__line, %s AS diff,
               'line ' || f.__line || ' of ' || files.name AS other
        FROM %s s JOIN firsts k ON %s JOIN rows f ON f.__seq = k.__first
             JOIN files ON files.__file = f.__file
        WHERE s.__seq <> k.__first\
        """
            .formatted(difference("s", "f", false), LIVE, sameKey("s", "k")));
    return settle();
  }

  /// Takes out the rows in `met`: duplicates silently, others by the contract's rule.
  private Counts settle() {
    long duplicates = database.number("SELECT count(*) FROM met WHERE diff = ''");
    long others = database.number("SELECT count(*) FROM met WHERE diff <> ''");
    boolean reject = contract.onConflict() == OnConflict.REJECT;
    if (reject && others > 0) {
      String key =
          contract.primaryKey().stream()
              .map(name -> "'%s = ' || r.%s".formatted(name, Sql.name(name)))
              .collect(Collectors.joining(" || ', ' || "));
      database.execute(
          """
          INSERT INTO reject
          SELECT met.__seq, met.__file, met.__line, %s,
                 'the key ' || %s || ' is there already with other content: ' || met.other
                 || ' differs in ' || met.diff
          FROM met JOIN rows r USING (__seq) WHERE diff <> ''\
          """
              .formatted(Sql.text(contract.primaryKey().getFirst()), key));
    }
    database.execute("INSERT INTO dropped SELECT DISTINCT __seq FROM met");
    return new Counts(duplicates, reject ? 0 : others);
  }

  private void makeDistinct(DistinctNames rule, Optional<TableSnapshot> own) {
    String name = Sql.name(rule.field());
    String there =
        present.relation(
            own, Expressions.alwaysTrue(), List.of(new Wanted(rule.field(), "VARCHAR")));
    database.execute(
        """
        INSERT INTO renames
        SELECT __seq, %1$s, %2$s FROM (
          SELECT *, row_number() OVER (PARTITION BY %1$s ORDER BY __seq) AS __nth FROM %3$s)
        WHERE %1$s IS NOT NULL AND (__nth > 1 OR %1$s IN (SELECT %1$s FROM %4$s))\
        """
            .formatted(name, renamed("", rule), LIVE, there));
    if (database.number("SELECT count(*) FROM renames") == 0) {
      return;
    }
    // A name made distinct may meet one that was so from the beginning.
    long rejects =
        database.execute(
            """
            INSERT INTO reject
            SELECT __seq, __file, __line, %2$s, 'the name ''' || now || ''' is taken'
            FROM renames JOIN rows USING (__seq)
            WHERE now IN (SELECT %1$s FROM %3$s WHERE %1$s IS NOT NULL)
               OR now IN (SELECT %1$s FROM %4$s WHERE %1$s IS NOT NULL)
               OR now IN (SELECT now FROM renames GROUP BY now HAVING count(*) > 1)\
            """
                .formatted(name, Sql.text(rule.field()), there, LIVE));
    if (rejects > 0) {
      dropRejected();
      database.execute("DELETE FROM renames WHERE __seq IN (SELECT __seq FROM dropped)");
    }
  }

  private static String renamed(String alias, DistinctNames rule) {
    return "%1$s%2$s || ' (' || %1$s%3$s || ')'"
        .formatted(alias, Sql.name(rule.field()), Sql.name(rule.with()));
  }

  private List<Wanted> wanted() {
    return contract.fields().stream()
        .map(field -> new Wanted(field.name(), field.type().sqlName()))
        .toList();
  }

  private String sameKey(String one, String other) {
    return contract.primaryKey().stream()
        .map(Sql::name)
        .map(name -> "%s.%s = %s.%s".formatted(one, name, other, name))
        .collect(Collectors.joining(" AND "));
  }

  /// An expression for the names of the columns in which two rows of one key differ.
  private String difference(String row, String first, boolean published) {
    String parts =
        contract.fields().stream()
            .filter(field -> !contract.primaryKey().contains(field.name()))
            .map(field ->
                "CASE WHEN %s THEN %s END"
                    .formatted(differs(field, row, first, published), Sql.text(field.name())))
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? "''" : "concat_ws(', ', %s)".formatted(parts);
  }

  private String differs(Field field, String row, String first, boolean published) {
    String name = Sql.name(field.name());
    String differs = "%s.%s IS DISTINCT FROM %s.%s".formatted(row, name, first, name);
    if (field.mayBeMissing()) {
      differs += " AND %s.%s IS NOT NULL".formatted(row, name); // the file may say nothing of it
    }
    Optional<DistinctNames> rule =
        contract.distinctNames().filter(names -> names.field().equals(field.name()));
    if (published && rule.isPresent()) {
      differs +=
          " AND %s IS DISTINCT FROM %s.%s".formatted(renamed(row + ".", rule.get()), first, name);
    }
    return differs;
  }

  /// A filter by the values that the staged rows have, so that few published files are read.
  private Expression between(String column, String stagedField) {
    if (!PRUNABLE.contains(contract.field(stagedField).type())) {
      return Expressions.alwaysTrue();
    }
    String name = Sql.name(stagedField);
    return database
        .rows(
            "SELECT min(%1$s), max(%1$s) FROM rows".formatted(name),
            row -> range(column, row.getObject(1), row.getObject(2)))
        .getFirst();
  }

  private static Expression range(
      String column,
      @org.jspecify.annotations.Nullable Object least,
      @org.jspecify.annotations.Nullable Object greatest) {
    if (least == null || greatest == null) {
      return Expressions.alwaysFalse();
    }
    return least instanceof Number
        ? Expressions.and(
            Expressions.greaterThanOrEqual(column, least),
            Expressions.lessThanOrEqual(column, greatest))
        : Expressions.and(
            Expressions.greaterThanOrEqual(column, least.toString()),
            Expressions.lessThanOrEqual(column, greatest.toString()));
  }
}
