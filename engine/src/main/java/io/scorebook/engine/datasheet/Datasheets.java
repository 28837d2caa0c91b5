package io.scorebook.engine.datasheet;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.policy.ColumnRule;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.registry.Rule;
import io.scorebook.documents.Findings;
import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Input;
import io.scorebook.engine.datasheet.Datasheet.Source;
import io.scorebook.engine.datasheet.Datasheet.Stored;
import io.scorebook.engine.datasheet.Datasheet.Table;
import io.scorebook.engine.datasheet.Datasheet.Type;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.lineage.Lineage.Edge;
import io.scorebook.semantic.lineage.Lineage.Use;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/// Makes the datasheets of a domain's products: from the plans of their ports, the model and the
/// contracts, as far as the domain shows them.
public final class Datasheets {
  private final Domain domain;
  private final Function<String, Optional<Stored>> stored;
  private final Optional<Address> address;

  /// @param domain as it may be seen by who asks
  /// @param stored where `namespace.table` lies, and its newest snapshot, as far as it may be told
  public Datasheets(
      Domain domain, Function<String, Optional<Stored>> stored, Optional<Address> address) {
    this.domain = domain;
    this.stored = stored;
    this.address = address;
  }

  /// A product of the domain.
  public Datasheet of(Product product) {
    List<Table> ports =
        domain.ports().stream()
            .filter(port -> port.product().equals(product))
            .map(this::table)
            .toList();
    SortedSet<String> inputs = new TreeSet<>();
    ports.forEach(port -> inputs.addAll(port.inputs()));
    return new Datasheet(
        domain.ports().stream()
            .filter(port -> port.product().equals(product))
            .map(domain::modelOf)
            .findFirst()
            .orElse(domain.model()),
        product,
        ports,
        inputs.stream().flatMap(name -> input(name).stream()).toList(),
        address);
  }

  /// @param scanned as a plan calls it: of pinned data with the tag
  private Optional<Input> input(String scanned) {
    String name = SourceTable.untagged(scanned);
    boolean pinned = SourceTable.tagOf(scanned).isPresent();
    Optional<Stored> at =
        stored
            .apply(name)
            .map(now -> pinned ? new Stored(now.location(), OptionalLong.empty()) : now);
    return contract(name).map(contract -> new Input(name, contract, at));
  }

  private Optional<Contract> contract(String table) {
    return domain.contracts().inLoadOrder().stream()
        .filter(contract -> contract.table().toString().equals(table))
        .findFirst();
  }

  private Table table(PublicPort port) {
    Plan plan =
        switch (domain.planner().plan(port.table())) {
          case Planning.Planned(Plan planned) -> planned;
          case Planning.Rejected(var issues) ->
              throw new IllegalArgumentException(
                  "Invalid port %s: %s".formatted(port.table(), issues));
        };
    TableDescription described =
        domain.planner().tables().stream()
            .filter(table ->
                table.schema().equals(port.table().schema())
                    && table.name().equals(port.table().name()))
            .findFirst()
            .orElseThrow();
    Set<String> key = key(port);
    var columns = new ArrayList<Column>();
    for (int i = 0; i < plan.columns().size(); i++) {
      columns.add(
          column(
              plan.columns().get(i),
              plan.rel().getRowType().getFieldList().get(i).getType(),
              described.columns().get(i),
              key,
              plan,
              domain.modelOf(port)));
    }
    return new Table(
        told(port),
        columns,
        sources(plan.lineage().rows()),
        plan.tables().stream()
            .map(SourceTable::untagged)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /// A port with the rules that its reader may know: what he cannot ask for has no name in them.
  private Port told(PublicPort port) {
    if (domain.access().seesAll()) {
      return port.port();
    }
    Set<Rule> asked =
        domain.rules(port, new Findings()).stream()
            .map(BoundRule::rule)
            .collect(Collectors.toSet());
    return port.port().withRules(port.port().rules().stream().filter(asked::contains).toList());
  }

  private Column column(
      OutputColumn column,
      RelDataType type,
      ColumnDescription described,
      Set<String> key,
      Plan plan,
      SemanticModel model) {
    SortedSet<Source> sources =
        sources(plan.lineage().columns().getOrDefault(column.name(), Set.of()));
    Optional<Metric> metric =
        column.role() == Plan.Role.METRIC ? model.findMetric(column.name()) : Optional.empty();
    return new Column(
        column.name(),
        type(column, type),
        column.role(),
        key.contains(column.name()),
        described.description(),
        metric.map(Metric::synonyms).orElseGet(() -> synonyms(column.name())),
        metric,
        unit(sources),
        pii(sources),
        sources);
  }

  private static Type type(OutputColumn column, RelDataType type) {
    boolean decimal = column.type() == Plan.OutputType.DECIMAL;
    return new Type(
        column.type(),
        decimal ? type.getPrecision() : 0,
        decimal ? type.getScale() : 0,
        type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
            || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_TZ);
  }

  /// Other names of a field; of fields of one name those that have any.
  private List<String> synonyms(String name) {
    return domain.model().datasets().stream()
        .flatMap(dataset -> dataset.findField(name).stream())
        .map(Field::synonyms)
        .filter(synonyms -> !synonyms.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private SortedSet<Source> sources(Collection<Edge> edges) {
    return edges.stream()
        .map(edge ->
            new Source(
                edge.table(), edge.column(), edge.use(), isMasked(edge.table(), edge.column())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isMasked(String table, String column) {
    return domain
        .access()
        .table(table)
        .flatMap(access -> Optional.ofNullable(access.columns().get(column)))
        .flatMap(ColumnRule::mask)
        .isPresent();
  }

  private Optional<Contract.Field> field(Source source) {
    return contract(source.table()).flatMap(contract -> contract.findField(source.column()));
  }

  private Optional<String> unit(Collection<Source> sources) {
    List<Source> values = sources.stream().filter(source -> source.use().isValue()).toList();
    return values.size() == 1 && values.getFirst().use() == Use.IDENTITY
        ? field(values.getFirst()).flatMap(Contract.Field::unit)
        : Optional.empty();
  }

  private Set<String> pii(Collection<Source> sources) {
    return sources.stream()
        .filter(source -> source.use().isValue())
        .flatMap(source -> field(source).stream())
        .flatMap(field -> field.pii().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The columns that identify a row, where all of what does is among the columns.
  private Set<String> key(PublicPort port) {
    return switch (port.port().content()) {
      case Port.MetricQuery query -> new HashSet<>(query.dimensions());
      case Port.DatasetRows(String name) -> {
        // The rows of a dataset may be granted without it.
        Dataset dataset =
            port.by()
                .map(Planner.By::planner)
                .orElse(domain.planner())
                .model()
                .findDataset(name)
                .orElseThrow();
        var key = new HashSet<String>();
        for (String column : dataset.primaryKey()) {
          Optional<Field> field =
              dataset.fields().stream()
                  .filter(f -> f.expression().equalsIgnoreCase(column))
                  .findFirst();
          if (field.isEmpty()) {
            yield Set.of();
          }
          key.add(field.get().name());
        }
        yield key;
      }
    };
  }
}
