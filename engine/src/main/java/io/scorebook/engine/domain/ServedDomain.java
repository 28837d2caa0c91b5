package io.scorebook.engine.domain;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.registry.Product.Lifecycle;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.catalog.store.ContentDigest;
import io.scorebook.engine.domain.Domain.Ended;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planner.By;
import io.scorebook.semantic.plan.Planner.ServedTable;
import io.scorebook.semantic.plan.ProductTable;
import io.scorebook.semantic.plan.SourceTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/// A domain with all the versions of its products that the registry has: those of its newest
/// publication, and those of before, each planned by the model that it was published with.
public final class ServedDomain {
  private final Domain base;
  private final Publication newest;
  private final LongFunction<Domain> documents;
  private final Instant now;
  private final List<Product> products = new ArrayList<>();
  private final List<PublicPort> ports = new ArrayList<>();
  private final List<Ended> ended = new ArrayList<>();
  private final Map<String, String> gone = new HashMap<>();

  private ServedDomain(
      Domain base, Publication newest, LongFunction<Domain> documents, Instant now) {
    this.base = base;
    this.newest = newest;
    this.documents = documents;
    this.now = now;
  }

  /// @param base as the newest publication's documents say
  /// @param documents the domain as the documents of an earlier publication say
  /// @param now by which versions end
  /// @throws IllegalStateException where documents of before cannot be read any more
  public static Domain of(
      Domain base, Publication newest, LongFunction<Domain> documents, Instant now) {
    return new ServedDomain(base, newest, documents, now).serve();
  }

  /// When the next version ends by itself; absent where none does.
  public static Optional<Instant> nextEnd(Publication newest, Instant now) {
    return newest.versions().stream()
        .flatMap(version -> version.sunset().stream())
        .filter(end -> end.isAfter(now))
        .min(Comparator.naturalOrder());
  }

  private Domain serve() {
    List<PublishedVersion> versions =
        newest.versions().stream()
            .sorted(
                Comparator.comparing(PublishedVersion::product)
                    .thenComparing(version -> version.version().major())
                    .thenComparing(PublishedVersion::isDraft)
                    .thenComparing(PublishedVersion::version, Comparator.reverseOrder()))
            .toList();
    var majors = new HashSet<String>();
    for (PublishedVersion version : versions) {
      if (!version.hasEnded(now)) {
        add(version, majors.add(version.product() + "_v" + version.version().major()));
      }
    }
    versions.stream().filter(version -> version.hasEnded(now)).forEach(this::end);
    majors.forEach(schema -> gone.remove(schema.toLowerCase(Locale.ROOT)));
    return new Domain(
        hash(),
        base.model(),
        base.contracts(),
        products,
        ports,
        ended,
        isPlain() ? base.planner() : base.planner().serving(tables(), gone),
        base.access(),
        base.policies());
  }

  private void add(PublishedVersion version, boolean isHead) {
    boolean isOwn = version.documents() == newest.number();
    Domain source = isOwn ? base : documents.apply(version.documents());
    Product product =
        source
            .findProduct(version.product(), version.version())
            .orElseThrow(() ->
                new IllegalStateException(
                    "Cannot find %s in publication %d of '%s'"
                        .formatted(version.name(), version.documents(), base.name())))
            .with(
                version.status(),
                new Lifecycle(version.sunset(), version.successor(), !version.pinned().isEmpty()));
    products.add(product);
    Optional<By> by =
        version.tag().isPresent()
            ? Optional.of(new By(version.tag().get(), pinned(source, version, version.tag().get())))
            : isOwn
                ? Optional.empty()
                : Optional.of(new By("publication " + version.documents(), source.planner()));
    for (PublicPort port : source.ports()) {
      if (port.product().name().equals(product.name())
          && port.product().version().equals(product.version())) {
        ports.add(
            new PublicPort(
                product,
                port.port(),
                isHead ? port.table() : exact(product, port.port(), port.table()),
                by,
                Optional.of(version)));
      }
    }
  }

  private static ProductTable exact(Product product, Port port, ProductTable table) {
    return new ProductTable(product.exactSchema(), port.name(), table.content());
  }

  private static Planner pinned(Domain source, PublishedVersion version, String tag) {
    List<SourceTable> tables =
        DomainReader.tables(source.contracts()).stream()
            .map(table ->
                version.pinned().containsKey(table.namespace() + "." + table.name())
                    ? table.at(tag)
                    : table)
            .toList();
    return new Planner(source.model(), tables, List.of());
  }

  private void end(PublishedVersion version) {
    Optional<String> successor = version.successor().or(() -> newer(version));
    var over =
        new Ended(
            version,
            successor,
            version.status() == Status.RETIRED
                ? "was retired"
                : "ended on " + day(version.sunset().orElse(now)));
    ended.add(over);
    String schema = version.product() + "_v" + version.version().major();
    String exact = schema + "_" + version.version().minor() + "_" + version.version().patch();
    // Newer versions come first: the sentence of a major is that of its last one.
    gone.putIfAbsent(schema.toLowerCase(Locale.ROOT), over.message());
    gone.put(exact.toLowerCase(Locale.ROOT), over.message());
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private Optional<String> newer(PublishedVersion version) {
    return products.stream()
        .filter(product -> product.name().equals(version.product()))
        .filter(product -> product.version().compareTo(version.version()) > 0)
        .filter(product -> product.status() == Status.ACTIVE)
        .map(product -> product.name() + " " + product.version())
        .findFirst();
  }

  /// Whether the planner of the newest documents has just what is served.
  private boolean isPlain() {
    return gone.isEmpty()
        && ports.stream().map(PublicPort::table).toList().size() == base.ports().size()
        && ports.stream()
            .allMatch(port ->
                port.by().isEmpty()
                    && port.product().status() == Status.ACTIVE
                    && base.productTables().contains(port.table()));
  }

  private List<ServedTable> tables() {
    return ports.stream()
        .map(port -> new ServedTable(port.table(), port.by(), words(port.product(), port.port())))
        .toList();
  }

  /// What a list of tables says of a version.
  static Optional<String> words(Product product, Port port) {
    String of = "%s %s".formatted(product.name(), product.version());
    String life =
        switch (product.status()) {
          case ACTIVE -> "";
          case PROPOSED, DRAFT -> "%s is a draft and may change. ".formatted(of);
          case RETIRED -> "%s was retired. ".formatted(of);
          case DEPRECATED -> product.deprecation().orElseThrow() + ". ";
        };
    String words = life + port.description().orElse("");
    return words.isBlank() ? Optional.empty() : Optional.of(words.strip());
  }

  /// Of the documents, and of the versions beside them.
  private String hash() {
    List<PublishedVersion> live =
        newest.versions().stream().filter(version -> !version.hasEnded(now)).toList();
    return isPlain()
        ? base.hash()
        : "sha256:"
            + ContentDigest.of(
                (base.hash() + live + gone.keySet().stream().sorted().toList())
                    .getBytes(StandardCharsets.UTF_8));
  }
}
