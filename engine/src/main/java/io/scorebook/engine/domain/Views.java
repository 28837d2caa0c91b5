package io.scorebook.engine.domain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.Grant;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain.Ended;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.lineage.ModelLineage;
import io.scorebook.semantic.plan.Footprints;
import io.scorebook.semantic.plan.GroupSize;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planner.By;
import io.scorebook.semantic.plan.Planner.ServedTable;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.ProductTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Domains as callers see them, made once for all callers whose access is the same.
final class Views {
  private static final int MOST = 200;

  /// By the domain itself, so that one that is not served any more takes its views with it.
  private static final Cache<Domain, Cache<String, Domain>> MADE =
      Caffeine.newBuilder().weakKeys().build();

  private final Domain whole;
  private final Access access;
  private final boolean drafts;
  private final Set<Footprints.Stored> hidden = new HashSet<>();
  private final Map<String, GroupSize> sizes = new TreeMap<>();
  private final Map<String, Optional<By>> others = new HashMap<>();

  /// The names of the products that are seen.
  private Set<String> seenProducts = Set.of();

  private Views(Domain whole, Access access, boolean drafts) {
    this.whole = whole;
    this.access = access;
    this.drafts = drafts;
    access
        .tables()
        .forEach((table, seen) ->
            seen.hidden().forEach(column -> hidden.add(new Footprints.Stored(table, column))));
    access
        .groupSizes()
        .values()
        .forEach(rule -> sizes.put(rule.metric(), new GroupSize(rule.atLeast(), rule.of())));
  }

  /// @param drafts whether versions are seen that are not for others yet
  static Domain of(Domain whole, Access access, boolean drafts) {
    return MADE.get(whole, _ -> Caffeine.newBuilder().maximumSize(MOST).build())
        .get(key(access, drafts), _ -> new Views(whole, access, drafts).make());
  }

  private static String key(Access access, boolean drafts) {
    return access.fingerprint() + (drafts ? "" : " without drafts");
  }

  private Domain make() {
    Planner seen =
        seenThrough(
            whole.planner(),
            name -> access.grants(Grant.Kind.DATASET, name),
            name -> access.grants(Grant.Kind.METRIC, name));
    var tables = new ArrayList<ServedTable>();
    var shown = new HashMap<ProductTable, ServedTable>();
    for (ServedTable table : whole.planner().served()) {
      seen(table, seen).ifPresent(found -> shown.put(table.table(), found));
    }
    var ports = new ArrayList<PublicPort>();
    seenProducts =
        whole.ports().stream()
            .filter(port -> shown.containsKey(port.table()) && isSeen(port.product()))
            .map(port -> port.product().name())
            .collect(Collectors.toSet());
    for (PublicPort port : whole.ports()) {
      ServedTable table = shown.get(port.table());
      if (table != null && isSeen(port.product())) {
        Product product = told(port.product(), shown);
        ServedTable described =
            product.lifecycle().equals(port.product().lifecycle())
                ? table
                : new ServedTable(
                    table.table(), table.by(), ServedDomain.words(product, port.port()));
        tables.add(described);
        ports.add(
            new PublicPort(
                product,
                port.port(),
                port.table(),
                described.by(),
                port.published().map(this::told)));
      }
    }
    List<Ended> ended = whole.ended().stream().flatMap(of -> told(of).stream()).toList();
    Planner planner = seen.serving(tables, gone());
    return new Domain(
        "sha256:" + digest(whole.hash() + "\n" + key(access, drafts)),
        planner.visibility().shown(whole.model()),
        contracts(tables),
        products(shown),
        ports,
        ended,
        planner,
        access,
        whole.policies());
  }

  private boolean isSeen(Product product) {
    return isGranted(product.name()) && (drafts || !product.isDraft());
  }

  private boolean isGranted(String product) {
    return access.grants(Grant.Kind.PRODUCT, product);
  }

  private Planner seenThrough(
      Planner planner, Predicate<String> datasets, Predicate<String> metrics) {
    return planner.seenThrough(PolicySights.of(access), datasets, metrics, sizes);
  }

  /// A product's table for those who may read it: its plan is made of what they see. One that comes
  /// from a hidden column is not there, nor is one of an earlier publication to whose tables the
  /// policies of today do not fit.
  private Optional<ServedTable> seen(ServedTable table, Planner seen) {
    boolean clear =
        whole.planner().plan(table.table()) instanceof Planning.Planned(Plan plan)
            && Footprints.of(plan).stream().noneMatch(hidden::contains);
    if (!clear) {
      return Optional.empty();
    }
    if (table.by().isEmpty()) {
      return Optional.of(table);
    }
    return others
        .computeIfAbsent(table.by().get().name(), _ -> other(table.by().get()))
        .filter(by -> isPlanned(by.planner(), table.table()))
        .map(by -> new ServedTable(table.table(), Optional.of(by), table.description()));
  }

  private Optional<By> other(By by) {
    if (!PolicyCheck.keepsKeys(access, by.planner())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new By(by.name(), seenThrough(by.planner(), _ -> true, _ -> true)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isPlanned(Planner planner, ProductTable table) {
    try {
      return planner.plan(table) instanceof Planning.Planned;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// What is told of schemas that are not there any more.
  private Map<String, String> gone() {
    var messages = new HashMap<String, String>();
    for (Ended of : whole.ended()) {
      told(of).ifPresent(told -> messages.put(of.message(), told.message()));
    }
    var kept = new TreeMap<String, String>();
    whole
        .planner()
        .gone()
        .forEach((schema, message) -> {
          if (messages.containsKey(message)) {
            kept.put(schema, messages.get(message));
          }
        });
    return kept;
  }

  /// A version that has ended. Of what it was made nobody can tell any more: so from whom columns
  /// are hidden is told of those products alone of which he sees another version.
  private Optional<Ended> told(Ended of) {
    String product = of.version().product();
    boolean isTold = isGranted(product) && (hidden.isEmpty() || seenProducts.contains(product));
    return isTold
        ? Optional.of(new Ended(told(of.version()), told(of.successor()), of.how()))
        : Optional.empty();
  }

  private PublishedVersion told(PublishedVersion version) {
    return told(version.successor()).equals(version.successor())
        ? version
        : version.withoutSuccessor();
  }

  /// What to ask in the place of a version, where that is seen.
  private Optional<String> told(Optional<String> successor) {
    return successor.filter(next ->
        seenProducts.contains(next.substring(0, Math.max(0, next.lastIndexOf(' '))))
            && (drafts
                || whole.products().stream()
                    .noneMatch(of -> of.isDraft() && next.equals(of.name() + " " + of.version()))));
  }

  /// A product of which no port is left is not there.
  private List<Product> products(Map<ProductTable, ServedTable> shown) {
    return whole.products().stream()
        .filter(this::isSeen)
        .map(product -> told(product, shown))
        .filter(product -> !product.ports().isEmpty())
        .toList();
  }

  private Product told(Product product, Map<ProductTable, ServedTable> shown) {
    Product.Lifecycle life = product.lifecycle();
    Optional<String> successor = told(life.successor());
    Product of =
        successor.equals(life.successor())
            ? product
            : product.with(
                product.status(), new Product.Lifecycle(life.sunset(), successor, life.isPinned()));
    return withPorts(product, of, shown);
  }

  /// @param product as it is found among the ports
  private Product withPorts(Product product, Product told, Map<ProductTable, ServedTable> shown) {
    List<Port> ports =
        product.ports().stream()
            .filter(port ->
                whole.ports().stream()
                    .filter(of -> of.product().equals(product) && of.port().equals(port))
                    .anyMatch(of -> shown.containsKey(of.table())))
            .toList();
    return ports.equals(product.ports()) ? told : told.withPorts(ports);
  }

  /// The contracts of tables that something seen is made of, which alone are told of; one with a
  /// hidden column would tell of columns that are not there.
  ///
  /// @param ports that are seen
  private Contracts contracts(List<ServedTable> ports) {
    Set<String> read = tablesRead(ports);
    return new Contracts(
        whole.contracts().inLoadOrder().stream()
            .filter(contract -> read.contains(contract.table().toString()))
            .filter(contract -> !hasHidden(contract))
            .toList());
  }

  private Set<String> tablesRead(List<ServedTable> ports) {
    ModelLineage lineage = whole.planner().lineage();
    Set<String> datasets =
        Stream.concat(
                lineage.datasets().stream()
                    .map(ModelLineage.OfDataset::name)
                    .filter(name -> access.grants(Grant.Kind.DATASET, name)),
                lineage.metrics().stream()
                    .filter(metric -> access.grants(Grant.Kind.METRIC, metric.name()))
                    .flatMap(metric -> metric.datasets().stream()))
            .collect(Collectors.toSet());
    var read = new HashSet<String>();
    datasets.forEach(
        name -> lineage.findDataset(name).ifPresent(dataset -> read.addAll(dataset.tables())));
    for (ServedTable port : ports) {
      if (whole.planner().plan(port.table()) instanceof Planning.Planned(Plan plan)) {
        read.addAll(plan.tables());
      }
    }
    return read;
  }

  private boolean hasHidden(Contract contract) {
    return hidden.stream().anyMatch(column -> column.table().equals(contract.table().toString()));
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
