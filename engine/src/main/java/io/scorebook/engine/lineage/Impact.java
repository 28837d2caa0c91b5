package io.scorebook.engine.lineage;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.registry.Port;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.lineage.LineageGraph.Kind;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.lineage.ModelLineage;
import io.scorebook.semantic.lineage.ModelLineage.Column;
import io.scorebook.semantic.lineage.ModelLineage.OfDataset;
import io.scorebook.semantic.lineage.ModelLineage.OfField;
import io.scorebook.semantic.lineage.ModelLineage.OfMetric;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.plan.AssumedReference;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is no more when a source column is dropped: whatever names it, and whatever rests on that.
///
/// Made once for a domain, it tells of any number of columns.
public final class Impact {
  /// How relationships are called, which are no nodes of the graph.
  private static final String RELATIONSHIP = "relationship";

  private final Domain domain;
  private final ModelLineage lineage;
  private final Map<String, Plan> metrics = new LinkedHashMap<>();
  private final Map<PublicPort, Plan> ports = new LinkedHashMap<>();

  /// @param domain as it may be seen by who asks
  public Impact(Domain domain) {
    this.domain = domain;
    this.lineage = domain.planner().lineage();
    for (OfMetric metric : lineage.metrics()) {
      plan(metric.name()).ifPresent(plan -> metrics.put(metric.name(), plan));
    }
    for (PublicPort port : domain.ports()) {
      if (domain.planner().plan(port.table()) instanceof Planning.Planned(Plan plan)) {
        ports.put(port, plan);
      }
    }
  }

  /// Something that falls.
  ///
  /// @param kind as nodes of the graph are called, or `relationship`
  /// @param because in words
  public record Fallen(String kind, String name, List<String> because) {
    public Fallen {
      because = List.copyOf(because);
    }
  }

  /// The columns of the domain's tables, as `table.column`.
  public static List<String> columns(Domain domain) {
    return domain.contracts().inLoadOrder().stream()
        .flatMap(contract ->
            contract.fields().stream().map(field -> contract.table().name() + "." + field.name()))
        .toList();
  }

  /// What falls with a column, in the order in which it falls; empty where the domain has no such
  /// column.
  ///
  /// @param written `table.column`, or `namespace.table.column`
  public Optional<List<Fallen>> of(String written) {
    for (Contract contract : domain.contracts().inLoadOrder()) {
      for (Contract.Field field : contract.fields()) {
        String plain = contract.table().name() + "." + field.name();
        if (written.equals(plain) || written.equals(contract.table().namespace() + "." + plain)) {
          var column = new Column(contract.table().toString(), field.name());
          return Optional.of(new Falling(column).all());
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Plan> plan(String metric) {
    List<String> keys =
        domain.planner().describe(metric).stream()
            .flatMap(described -> described.requires().stream())
            .map(List::getFirst)
            .distinct()
            .toList();
    return domain.planner().plan(Question.of(List.of(metric), keys))
            instanceof Planning.Planned(Plan plan)
        ? Optional.of(plan)
        : Optional.empty();
  }

  /// What falls with one column.
  private final class Falling {
    private final Column column;
    private final Map<String, Fallen> fallen = new LinkedHashMap<>();

    Falling(Column column) {
      this.column = column;
    }

    List<Fallen> all() {
      domain.contracts().inLoadOrder().forEach(this::readContract);
      lineage.datasets().forEach(this::readDataset);
      domain.model().relationships().forEach(this::readRelationship);
      // What names a metric that falls, falls; metrics are few and name each other without cycles.
      for (int size = -1; size != fallen.size(); ) {
        size = fallen.size();
        lineage.metrics().forEach(this::readMetric);
      }
      ports.forEach(this::readPort);
      return List.copyOf(fallen.values());
    }

    private void fall(String kind, String name, Collection<String> because) {
      if (!because.isEmpty()) {
        fallen.putIfAbsent(
            kind + ":" + name, new Fallen(kind, name, List.copyOf(new TreeSet<>(because))));
      }
    }

    private boolean isFallen(String kind, String name) {
      return fallen.containsKey(kind + ":" + name);
    }

    private void readContract(Contract contract) {
      var because = new ArrayList<String>();
      boolean own = contract.table().toString().equals(column.table());
      if (own) {
        because.add("declares it");
        if (contract.primaryKey().contains(column.column())) {
          because.add("has it in its key");
        }
        if (contract.sortOrder().contains(column.column())) {
          because.add("sorts its files by it");
        }
        if (contract.partitioning().stream().anyMatch(by -> by.field().equals(column.column()))) {
          because.add("divides its files by it");
        }
        if (contract.distinctNames().filter(this::isNamed).isPresent()) {
          because.add("makes names distinct by it");
        }
      }
      for (Contract.Reference reference : contract.references()) {
        boolean to =
            column.table().equals(contract.table().namespace() + "." + reference.to())
                && reference.toFields().contains(column.column());
        if (to || (own && reference.fields().contains(column.column()))) {
          because.add("refers by it to '%s'".formatted(reference.to()));
        }
      }
      fall(Kind.CONTRACT.word(), contract.table().toString(), because);
    }

    private boolean isNamed(Contract.DistinctNames names) {
      return names.field().equals(column.column()) || names.with().equals(column.column());
    }

    private void readDataset(OfDataset of) {
      var because = new ArrayList<String>();
      if (of.named().contains(column)) {
        because.add("its query names it");
      }
      Dataset dataset = domain.model().findDataset(of.name()).orElseThrow();
      if (isSource(dataset)) {
        if (dataset.primaryKey().contains(column.column())) {
          because.add("has it in its key");
        }
        if (dataset.uniqueKeys().stream().anyMatch(key -> key.contains(column.column()))) {
          because.add("has it in a unique key");
        }
      }
      fall(Kind.DATASET.word(), of.name(), because);
      boolean whole = isFallen(Kind.DATASET.word(), of.name());
      of.fields()
          .forEach((name, edges) -> {
            var why = new ArrayList<>(uses(edges));
            if (whole) {
              why.add("its dataset '%s' falls".formatted(of.name()));
            }
            fall(Kind.FIELD.word(), of.name() + "." + name, why);
          });
    }

    /// Whether the dataset is just the column's table.
    private boolean isSource(Dataset dataset) {
      return dataset.source() instanceof Dataset.Source.Table(String space, String table)
          && column.table().equals(space + "." + table);
    }

    private List<String> uses(Collection<Lineage.Edge> edges) {
      return edges.stream()
          .filter(
              edge -> edge.table().equals(column.table()) && edge.column().equals(column.column()))
          .map(edge -> "uses it: " + edge.use().name().toLowerCase(Locale.ROOT))
          .toList();
    }

    private void readRelationship(Relationship relationship) {
      var because = new ArrayList<String>();
      readEnd(relationship.from(), relationship.fromColumns(), because);
      readEnd(relationship.to(), relationship.toColumns(), because);
      fall(RELATIONSHIP, relationship.name(), because);
    }

    private void readEnd(String dataset, List<String> columns, List<String> because) {
      if (isFallen(Kind.DATASET.word(), dataset)) {
        because.add("its dataset '%s' falls".formatted(dataset));
      }
      boolean direct = domain.model().findDataset(dataset).filter(this::isSource).isPresent();
      for (String name : columns) {
        if ((direct && name.equals(column.column()))
            || isFallen(Kind.FIELD.word(), dataset + "." + name)) {
          because.add("joins by it");
        }
      }
    }

    private void readMetric(OfMetric of) {
      var because = new ArrayList<String>();
      for (String dataset : of.datasets()) {
        if (isFallen(Kind.DATASET.word(), dataset)) {
          because.add("its dataset '%s' falls".formatted(dataset));
        }
      }
      for (OfField field : of.fields()) {
        boolean direct =
            field.field().equalsIgnoreCase(column.column())
                && domain
                    .model()
                    .findDataset(field.dataset())
                    .filter(this::isSource)
                    .filter(dataset -> dataset.findField(field.field()).isEmpty())
                    .isPresent();
        if (direct || isFallen(Kind.FIELD.word(), field.dataset() + "." + field.field())) {
          because.add("names the field '%s.%s'".formatted(field.dataset(), field.field()));
        }
      }
      for (String metric : of.metrics()) {
        if (isFallen(Kind.METRIC.word(), metric)) {
          because.add("names the metric '%s'".formatted(metric));
        }
      }
      Plan plan = metrics.get(of.name());
      if (plan != null) {
        because.addAll(uses(plan.lineage().columns().getOrDefault(of.name(), Set.of())));
        because.addAll(joins(plan));
      }
      fall(Kind.METRIC.word(), of.name(), because);
    }

    private List<String> joins(Plan plan) {
      return plan.relationships().stream()
          .filter(joined -> joined.of().isEmpty())
          .map(AssumedReference::relationship)
          .filter(name -> isFallen(RELATIONSHIP, name))
          .map("joins along '%s'"::formatted)
          .toList();
    }

    private void readPort(PublicPort port, Plan plan) {
      String product = "%s/v%d".formatted(port.product().name(), port.product().version().major());
      String name = product + "/" + port.port().name();
      var because = new ArrayList<>(joins(plan));
      because.addAll(uses(plan.lineage().rows()));
      for (Plan.OutputColumn output : plan.columns()) {
        Set<Lineage.Edge> edges = plan.lineage().columns().getOrDefault(output.name(), Set.of());
        var why =
            new ArrayList<>(
                uses(
                    edges.stream().filter(edge -> !plan.lineage().rows().contains(edge)).toList()));
        if (output.role() == Plan.Role.METRIC && isFallen(Kind.METRIC.word(), metric(output))) {
          why.add("the metric '%s' falls".formatted(metric(output)));
        }
        fall(Kind.OUTPUT.word(), name + "." + output.name(), why);
        if (!why.isEmpty()) {
          because.add("its column '%s' falls".formatted(output.name()));
        }
      }
      parts(port)
          .filter(part -> isFallen(Kind.DATASET.word(), part))
          .forEach(part -> because.add("its dataset '%s' falls".formatted(part)));
      fall(Kind.PORT.word(), name, because);
      if (!because.isEmpty()) {
        List<String> whole = List.of("its port '%s' falls".formatted(port.port().name()));
        fall(Kind.PRODUCT.word(), product, whole);
        fall(Kind.CONTRACT.word(), port.port().contractId(), whole);
      }
    }

    private String metric(Plan.OutputColumn output) {
      return domain.model().findMetric(output.name()).map(Metric::name).orElse(output.name());
    }

    private Stream<String> parts(PublicPort port) {
      return port.port().content() instanceof Port.DatasetRows(String dataset)
          ? Stream.of(dataset)
          : Stream.empty();
    }
  }
}
