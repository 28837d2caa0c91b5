package io.scorebook.engine.lineage;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadReport.LoadedFile;
import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.registry.Port;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.lineage.LineageGraph.Edge;
import io.scorebook.engine.lineage.LineageGraph.Kind;
import io.scorebook.engine.lineage.LineageGraph.Node;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.lineage.Lineage.Use;
import io.scorebook.semantic.lineage.ModelLineage;
import io.scorebook.semantic.lineage.ModelLineage.OfDataset;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes the graph of domains, as far as they show what is in them.
public final class LineageGraphs {
  /// The newest loads of a table whose files are told.
  private static final int LOADS = 20;

  private final Function<String, Optional<TableLoads>> loads;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();

  private LineageGraphs(Function<String, Optional<TableLoads>> loads) {
    this.loads = loads;
  }

  /// @param domains as they may be seen by who asks
  /// @param loads of `namespace.table`, where they may be told
  public static LineageGraph of(
      Collection<Domain> domains, Function<String, Optional<TableLoads>> loads) {
    var graphs = new LineageGraphs(loads);
    domains.forEach(graphs::add);
    return new LineageGraph(graphs.nodes.values(), graphs.edges);
  }

  private void add(Domain domain) {
    domain.contracts().inLoadOrder().forEach(this::addTable);
    ModelLineage lineage = domain.planner().lineage();
    for (OfDataset dataset : lineage.datasets()) {
      addDataset(domain, dataset);
    }
    for (ModelLineage.OfMetric metric : lineage.metrics()) {
      addMetric(domain, metric);
    }
    domain.ports().forEach(port -> addPort(domain, lineage, port));
  }

  private String node(Kind kind, String name, Map<String, Object> details) {
    var node = new Node(kind, name, details);
    nodes.putIfAbsent(node.id(), node);
    return node.id();
  }

  private static String id(Kind kind, String name) {
    return kind.word() + ":" + name;
  }

  private void edge(String from, String to, String use) {
    edges.add(new Edge(from, to, use, Optional.empty()));
  }

  private void edge(String from, String to, Use use) {
    String word = use.name().toLowerCase(Locale.ROOT);
    edges.add(
        use.isValue()
            ? new Edge(from, to, "value", Optional.of(word))
            : new Edge(from, to, word, Optional.empty()));
  }

  private static Map<String, Object> details(Optional<String> description) {
    var details = new LinkedHashMap<String, Object>();
    description.ifPresent(words -> details.put("description", words));
    return details;
  }

  private void addTable(Contract contract) {
    String name = contract.table().toString();
    Map<String, Object> details = details(contract.doc());
    Optional<TableLoads> told = loads.apply(name);
    told.ifPresent(at -> {
      details.put("location", at.location());
      at.snapshot().ifPresent(id -> details.put("snapshot", Long.toString(id)));
    });
    String table = node(Kind.TABLE, name, details);
    for (Contract.Field field : contract.fields()) {
      Map<String, Object> of = details(field.doc());
      of.put("type", field.type().sqlName());
      field.pii().ifPresent(pii -> of.put("pii", pii));
      field.unit().ifPresent(unit -> of.put("unit", unit));
      edge(table, node(Kind.COLUMN, name + "." + field.name(), of), "part");
    }
    told.map(TableLoads::loads).orElse(List.of()).stream()
        .limit(LOADS)
        .forEach(load -> addFiles(table, load));
  }

  /// A file is the same where its content is, whatever load read it.
  private void addFiles(String table, TableLoads.Load load) {
    for (LoadedFile file : load.files()) {
      var details = new LinkedHashMap<String, Object>();
      details.put("sha256", file.sha256());
      details.put("rows", file.rows());
      details.put("snapshot", Long.toString(load.snapshot()));
      details.put("loaded", load.at().toString());
      details.put("load", load.loadId());
      String digest = file.sha256().substring(0, Math.min(12, file.sha256().length()));
      edge(node(Kind.FILE, file.name() + "@" + digest, details), table, "load");
    }
  }

  private void addDataset(Domain domain, OfDataset of) {
    Dataset model = domain.model().findDataset(of.name()).orElseThrow();
    Map<String, Object> details = details(model.description());
    words(details, model.synonyms());
    String dataset = node(Kind.DATASET, domain.name() + "." + of.name(), details);
    of.tables().forEach(table -> edge(id(Kind.TABLE, table), dataset, "rows"));
    addColumns(of.rows(), dataset);
    of.fields()
        .forEach((name, columns) -> {
          var about =
              model
                  .findField(name)
                  .map(field -> {
                    Map<String, Object> said = details(field.description());
                    words(said, field.synonyms());
                    said.put("expression", field.expression());
                    return said;
                  })
                  .orElseGet(LinkedHashMap::new);
          String field = node(Kind.FIELD, field(domain, of.name(), name), about);
          edge(dataset, field, "part");
          addColumns(columns, field);
        });
  }

  private static void words(Map<String, Object> details, List<String> synonyms) {
    if (!synonyms.isEmpty()) {
      details.put("synonyms", synonyms);
    }
  }

  private static String field(Domain domain, String dataset, String field) {
    return "%s.%s.%s".formatted(domain.name(), dataset, field);
  }

  private void addColumns(Collection<Lineage.Edge> columns, String to) {
    columns.forEach(
        column -> edge(id(Kind.COLUMN, column.table() + "." + column.column()), to, column.use()));
  }

  private void addMetric(Domain domain, ModelLineage.OfMetric of) {
    Metric model = domain.model().findMetric(of.name()).orElseThrow();
    Map<String, Object> details = details(model.description());
    words(details, model.synonyms());
    details.put("formula", model.expression());
    String metric = node(Kind.METRIC, domain.name() + "." + of.name(), details);
    of.datasets()
        .forEach(name -> edge(id(Kind.DATASET, domain.name() + "." + name), metric, "rows"));
    of.metrics()
        .forEach(
            name -> edge(id(Kind.METRIC, domain.name() + "." + name), metric, Use.TRANSFORMATION));
    for (ModelLineage.OfField field : of.fields()) {
      Dataset dataset = domain.model().findDataset(field.dataset()).orElseThrow();
      if (dataset.findField(field.field()).isPresent()) {
        edge(id(Kind.FIELD, field(domain, field.dataset(), field.field())), metric, field.use());
      } else if (dataset.source() instanceof Dataset.Source.Table(String space, String table)) {
        String column = "%s.%s.%s".formatted(space, table, field.field());
        edge(id(Kind.COLUMN, column), metric, field.use());
      }
    }
  }

  private void addPort(Domain domain, ModelLineage lineage, PublicPort port) {
    if (!(domain.planner().plan(port.table()) instanceof Planning.Planned(Plan plan))) {
      return;
    }
    var product = "%s/v%d".formatted(port.product().name(), port.product().version().major());
    var about = new LinkedHashMap<String, Object>();
    about.put("version", port.product().version().toString());
    about.put("status", port.product().status().word());
    about.put("owner", port.product().owner());
    about.put("purpose", port.product().purpose());
    String whole = node(Kind.PRODUCT, product, about);
    String name = product + "/" + port.port().name();
    Map<String, Object> details = details(port.port().description());
    details.put("table", port.table().schema() + "." + port.table().name());
    String node = node(Kind.PORT, name, details);
    edge(node, whole, "part");
    edge(node, node(Kind.CONTRACT, port.port().contractId(), Map.of()), "part");
    addColumns(plan.lineage().rows(), node);
    if (port.port().content() instanceof Port.DatasetRows(String dataset)) {
      edge(id(Kind.DATASET, domain.name() + "." + dataset), node, "rows");
    }
    for (Plan.OutputColumn column : plan.columns()) {
      String output = node(Kind.OUTPUT, name + "." + column.name(), Map.of());
      edge(output, node, "part");
      addSources(domain, lineage, plan, column, output);
    }
  }

  /// A metric, a field, or where none fits the columns themselves.
  private void addSources(
      Domain domain, ModelLineage lineage, Plan plan, Plan.OutputColumn column, String output) {
    Optional<Metric> metric =
        column.role() == Plan.Role.METRIC
            ? domain.model().findMetric(column.name())
            : Optional.empty();
    if (metric.isPresent()) {
      edge(id(Kind.METRIC, domain.name() + "." + metric.get().name()), output, Use.IDENTITY);
      return;
    }
    Set<Lineage.Edge> columns = plan.lineage().columns().getOrDefault(column.name(), Set.of());
    Set<Lineage.Edge> own =
        columns.stream()
            .filter(edge -> !plan.lineage().rows().contains(edge))
            .collect(Collectors.toSet());
    boolean found = false;
    for (OfDataset dataset : lineage.datasets()) {
      Optional<Set<Lineage.Edge>> field = Optional.ofNullable(dataset.fields().get(column.name()));
      if (field.isPresent() && values(field.get()).equals(values(own))) {
        edge(id(Kind.FIELD, field(domain, dataset.name(), column.name())), output, Use.IDENTITY);
        found = true;
      }
    }
    if (!found) {
      addColumns(own, output);
    }
  }

  private static Set<Lineage.Edge> values(Set<Lineage.Edge> edges) {
    return edges.stream().filter(edge -> edge.use().isValue()).collect(Collectors.toSet());
  }
}
