package io.scorebook.engine.datasheet;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.semantic.lineage.Lineage.Use;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// All that is known of one version of a product: the source of every document about it.
///
/// @param ports in the order of the product's document
/// @param inputs the source tables that the ports are made of, by name
/// @param address where it is served; absent for documents that are read elsewhere
public record Datasheet(
    SemanticModel model,
    Product product,
    List<Table> ports,
    List<Input> inputs,
    Optional<Address> address) {

  public Datasheet {
    ports = List.copyOf(ports);
    inputs = List.copyOf(inputs);
  }

  /// `/v1/products/NAME/v1`, below which its documents and data are.
  public String path() {
    return "/v1/products/%s/v%d".formatted(product.name(), product.version().major());
  }

  /// The query that chooses a port, for products that have several: `?port=NAME`.
  public String choosing(Port port) {
    return ports.size() > 1 ? "?port=" + port.name() : "";
  }

  /// The table that an output port is.
  ///
  /// @param columns in the order of the table
  /// @param rows what the presence of its rows depends on
  /// @param inputs the source tables that it is made of, by name
  public record Table(
      Port port, List<Column> columns, SortedSet<Source> rows, SortedSet<String> inputs) {

    public Table {
      columns = List.copyOf(columns);
    }

    /// What a column comes from beside what all columns do, whose rows depend on it.
    public List<Source> own(Column column) {
      return column.sources().stream().filter(source -> !rows.contains(source)).toList();
    }

    /// The columns that identify a row; none where nothing says so.
    public List<String> key() {
      return columns.stream().filter(Column::isKey).map(Column::name).toList();
    }
  }

  /// A column of an output port.
  ///
  /// @param isKey whether it is part of what identifies a row; NULL counts as a value there
  /// @param metric the KPI that it is; absent for dimensions and rows of a dataset
  /// @param unit of the values, where they are copied from a column that has one
  /// @param pii what of a person its values tell, as `name`: what the source columns say that its
  ///   values are made of, however they are computed
  /// @param sources what it is made of, and what its rows depend on
  public record Column(
      String name,
      Type type,
      Role role,
      boolean isKey,
      Optional<String> description,
      List<String> synonyms,
      Optional<Metric> metric,
      Optional<String> unit,
      Set<String> pii,
      SortedSet<Source> sources) {

    public Column {
      synonyms = List.copyOf(synonyms);
      pii = new TreeSet<>(pii);
    }

    /// The source columns that its values are made of, as `namespace.table.column`.
    public List<String> madeOf() {
      return sources.stream()
          .filter(source -> source.use().isValue())
          .map(Source::written)
          .distinct()
          .toList();
    }
  }

  /// @param precision all digits of a decimal, else 0
  /// @param scale the digits of a decimal behind the point, else 0
  /// @param isInstant whether a timestamp is a moment of UTC, not a time without a zone
  public record Type(OutputType of, int precision, int scale, boolean isInstant) {}

  /// A column of a source table, and what it is used for.
  ///
  /// @param table `namespace.table`
  /// @param isMasked whether a policy puts something else in place of its values
  public record Source(String table, String column, Use use, boolean isMasked)
      implements Comparable<Source> {

    /// As `namespace.table.column`.
    public String written() {
      return table + "." + column;
    }

    @Override
    public int compareTo(Source other) {
      return Comparator.comparing(Source::table)
          .thenComparing(Source::column)
          .thenComparing(Source::use)
          .thenComparing(Source::isMasked)
          .compare(this, other);
    }
  }

  /// A source table.
  ///
  /// @param name `namespace.table`
  /// @param stored absent where there is none, or nothing is told of it
  public record Input(String name, Contract contract, Optional<Stored> stored) {

    /// The snapshot that is read, as text: JavaScript would not keep all of its digits as a number.
    public Optional<String> snapshot() {
      return stored.flatMap(at ->
          at.snapshot().isPresent()
              ? Optional.of(Long.toString(at.snapshot().getAsLong()))
              : Optional.empty());
    }
  }

  /// Where a table lies, and as what.
  ///
  /// @param location as `s3://bucket/namespace/table`
  /// @param snapshot its newest; absent for a table that never had rows, and for data that a
  ///   version is pinned to
  public record Stored(String location, OptionalLong snapshot) {}
}
