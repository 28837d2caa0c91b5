package io.scorebook.engine.pgcatalog;

import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.domain.PortKey;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.ProductTable.Content;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The rows of a domain: a schema for its model with the datasets, one for each product and major
/// version with its ports, and their keys.
///
/// Keys are told where all of a table can be seen as it is: what is masked or left out need not be
/// one. References are told between datasets alone; each version of a product stands by itself, and
/// may be of other data than the next.
final class DomainRows {
  private final Inserts inserts;
  private final RelationRows relations;
  private final Types types;
  private final Oids oids;
  private final KeyRows keys;
  private final Set<String> schemas = new HashSet<>();

  DomainRows(Inserts inserts, RelationRows relations, Types types, Oids oids) {
    this.inserts = inserts;
    this.relations = relations;
    this.types = types;
    this.oids = oids;
    this.keys = new KeyRows(inserts, relations, types, oids);
  }

  /// @throws IllegalArgumentException where a schema is another domain's as well, which no two that
  ///   are published have
  void insert(Domain domain) {
    Map<String, Long> own = namespaces(domain);
    Map<String, KeyRows.Table> datasets = new TreeMap<>();
    for (TableDescription described : sorted(domain)) {
      boolean isDataset = described.schema().equals(domain.name());
      long schema = Objects.requireNonNull(own.get(described.schema()));
      var table =
          new KeyRows.Table(
              oids.of("relation", described.schema(), described.name()), schema, described);
      Optional<KeyRows.Key> key = key(domain, described);
      insert(table, isDataset, key.isPresent());
      key.ifPresent(each -> keys.insert(table, each));
      if (isDataset) {
        datasets.put(described.name(), table);
      }
    }
    for (Relationship link : domain.model().relationships()) {
      reference(domain, link, datasets);
    }
  }

  private static List<TableDescription> sorted(Domain domain) {
    return domain.planner().tables().stream()
        .sorted(
            Comparator.comparing(TableDescription::schema).thenComparing(TableDescription::name))
        .toList();
  }

  private Map<String, Long> namespaces(Domain domain) {
    var own = new HashMap<String, Long>();
    for (TableDescription table : sorted(domain)) {
      own.computeIfAbsent(
          table.schema(),
          name -> {
            if (!schemas.add(name)) {
              throw new IllegalArgumentException(
                  "Invalid domains: '%s' is not the only one with the schema '%s'"
                      .formatted(domain.name(), name));
            }
            long oid = oids.of("schema", "", name);
            inserts.namespace(oid, name, describe(domain, name));
            return oid;
          });
    }
    return own;
  }

  private void insert(KeyRows.Table table, boolean isDataset, boolean isKeyed) {
    TableDescription described = table.described();
    String alone = Inserts.quoted(described.name());
    String qualified = Inserts.quoted(described.schema()) + "." + alone;
    if (isDataset) {
      inserts.name("regclass", alone, table.oid(), alone);
      inserts.add("visible", table.oid());
    }
    inserts.name("regclass", qualified, table.oid(), isDataset ? alone : qualified);
    relations.relation(
        table.oid(),
        table.schema(),
        described.name(),
        isDataset ? "r" : "v",
        described.columns().size(),
        isKeyed);
    described
        .description()
        .ifPresent(text -> inserts.add("pg_description", table.oid(), 1259, 0, text));
    int number = 0;
    for (ColumnDescription column : described.columns()) {
      number++;
      relations.attribute(
          table.oid(),
          column.name(),
          types.oid(Types.of(column.type())),
          number,
          !column.nullable());
      int at = number;
      remark(isDataset, column)
          .ifPresent(text -> inserts.add("pg_description", table.oid(), 1259, at, text));
    }
  }

  private static Optional<String> describe(Domain domain, String schema) {
    return schema.equals(domain.name())
        ? domain.model().description()
        : domain.ports().stream()
            .filter(port -> port.table().schema().equals(schema))
            .map(PublicPort::product)
            .map(product -> product.purpose())
            .findFirst();
  }

  private static Optional<String> remark(boolean isDataset, ColumnDescription column) {
    return isDataset && column.role() == Role.METRIC
        ? Optional.of(
            "Metric, asked as AGGREGATE(%s)%s"
                .formatted(column.name(), column.description().map(text -> ": " + text).orElse("")))
        : column.description();
  }

  private static Optional<KeyRows.Key> key(Domain domain, TableDescription table) {
    if (!domain.access().seesAll()) {
      return Optional.empty();
    }
    Optional<PublicPort> port =
        domain.ports().stream()
            .filter(each ->
                each.table().schema().equals(table.schema())
                    && each.table().name().equals(table.name()))
            .findFirst();
    if (port.isEmpty()) {
      return findDataset(domain, table.name())
          .flatMap(dataset -> numbers(dataset, dataset.primaryKey(), table))
          .map(columns -> new KeyRows.Key(columns, true));
    }
    // A group may be that of no value; rows are told apart by what is never missing.
    boolean isRows =
        switch (port.get().table().content()) {
          case Content.Rows _ -> true;
          case Content.Metrics _ -> false;
        };
    return PortKey.find(domain, port.get(), table, false)
        .map(columns -> columns.stream().map(c -> table.columns().indexOf(c) + 1).toList())
        .filter(columns -> !columns.isEmpty())
        .map(columns -> new KeyRows.Key(columns, isRows));
  }

  private static Optional<Dataset> findDataset(Domain domain, String name) {
    return domain.model().datasets().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /// The numbers of columns of a dataset's table, where it shows all of them.
  private static Optional<List<Integer>> numbers(
      Dataset dataset, List<String> columns, TableDescription table) {
    var numbers = new ArrayList<Integer>();
    for (String column : columns) {
      int at =
          dataset.fields().stream()
              .filter(field -> PortKey.is(field, column))
              .map(Field::name)
              .findFirst()
              .map(name -> position(table, name))
              .orElse(0);
      if (at == 0) {
        return Optional.empty();
      }
      numbers.add(at);
    }
    return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers);
  }

  private static int position(TableDescription table, String name) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).name().equals(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  private void reference(Domain domain, Relationship link, Map<String, KeyRows.Table> datasets) {
    KeyRows.Table from = datasets.get(link.from());
    KeyRows.Table to = datasets.get(link.to());
    if (from == null || to == null || !domain.access().seesAll()) {
      return;
    }
    Optional<List<Integer>> columns =
        findDataset(domain, link.from())
            .flatMap(dataset -> numbers(dataset, link.fromColumns(), from.described()));
    Optional<List<Integer>> target =
        findDataset(domain, link.to())
            .flatMap(dataset -> numbers(dataset, link.toColumns(), to.described()));
    if (columns.isPresent() && target.isPresent()) {
      keys.reference(link.name(), from, columns.get(), to, target.get());
    }
  }
}
