package io.scorebook.semantic.plan;

import io.scorebook.semantic.lineage.Lineage;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/// What an engine runs: a relational tree whose leaves are scans of catalog tables (qualified name
/// `[namespace, table]`), with no measure left in it.
///
/// @param columns the columns of the answer; as many, and in the order, as the tree gives
/// @param tables the catalog tables that are read, as `namespace.table`
/// @param assumedKeys what the data must keep to for the answer to be right
/// @param relationships along which is joined
/// @param excesses what the data must not have for it to be answered at all
public record Plan(
    RelNode rel,
    List<OutputColumn> columns,
    Set<String> tables,
    Set<AssumedKey> assumedKeys,
    Set<AssumedReference> relationships,
    Lineage lineage,
    List<Excess> excesses) {

  public Plan {
    excesses = List.copyOf(excesses);
    columns = List.copyOf(columns);
    tables = Set.copyOf(tables);
    assumedKeys = Set.copyOf(assumedKeys);
    relationships = Set.copyOf(relationships);
  }

  /// A plan of bounded size.
  public Plan(
      RelNode rel,
      List<OutputColumn> columns,
      Set<String> tables,
      Set<AssumedKey> assumedKeys,
      Set<AssumedReference> relationships,
      Lineage lineage) {
    this(rel, columns, tables, assumedKeys, relationships, lineage, List.of());
  }

  /// The output ports of products that are read, as `schema.table`.
  public Set<String> ports() {
    return ReadPorts.of(rel.getCluster()).map(ReadPorts::toSet).orElse(Set.of());
  }

  /// @param role what the column is in the answer
  public record OutputColumn(String name, OutputType type, Role role) {}

  /// The types of an answer.
  public enum OutputType {
    STRING,
    INTEGER,
    DECIMAL,
    DOUBLE,
    BOOLEAN,
    DATE,
    TIMESTAMP
  }

  /// What a column is.
  public enum Role {
    DIMENSION,
    GROUPING,
    METRIC,
    EVIDENCE,
    /// Whether the period of the row is incomplete.
    PARTIAL,
    /// A column of plain SQL.
    VALUE
  }
}
