package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.PublishedVersion;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.registry.Product.Status;
import io.scorebook.engine.compare.DomainComparison;
import io.scorebook.engine.compare.DomainVersion;
import io.scorebook.engine.compare.ProductComparison;
import io.scorebook.engine.publish.Outcome.Reason;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.compare.Demand;
import io.scorebook.semantic.compare.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// Which versions may follow which.
///
/// A version that is not a draft keeps its content for ever; what changes it is another version,
/// raised as the changes ask. Its stage of life is no content, but goes one way: a draft becomes
/// active, is deprecated, is retired. What is no longer in the folder stays as it is; a draft goes.
final class VersionRules {
  private final Optional<Publication> last;
  private final LongFunction<DomainVersion> documents;
  private final Terms terms;
  private final Instant now;
  private final List<Reason> reasons = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  /// @param documents what a publication says
  VersionRules(
      Optional<Publication> last, LongFunction<DomainVersion> documents, Terms terms, Instant now) {
    this.last = last;
    this.documents = documents;
    this.terms = terms;
    this.now = now;
  }

  /// @param versions that stand after the publication; to be pinned is yet to be done
  /// @param reasons against it
  record Decision(List<PublishedVersion> versions, List<Change> changes, List<Reason> reasons) {}

  /// @param number of the publication that is to come
  Decision decide(DomainVersion next, long number) {
    last.ifPresent(before -> model(before, next));
    var stands = new ArrayList<PublishedVersion>();
    var products = next.domain().products();
    for (PublishedVersion version : known()) {
      boolean isInFolder =
          products.stream()
              .anyMatch(product ->
                  product.name().equals(version.product())
                      && product.version().equals(version.version()));
      if (!isInFolder && !version.isDraft()) {
        stands.add(older(version, products));
      }
    }
    products.forEach(product -> stands.add(version(next, product, number)));
    stands.sort(
        Comparator.comparing(PublishedVersion::product).thenComparing(PublishedVersion::version));
    return new Decision(stands, changes, reasons);
  }

  private List<PublishedVersion> known() {
    return last.map(Publication::versions).orElse(List.of());
  }

  private void model(Publication before, DomainVersion next) {
    Comparison comparison = DomainComparison.compareModels(documents.apply(before.number()), next);
    changes.addAll(comparison.changes());
    if (terms.holdsModel()) {
      for (Demand demand : comparison.unmet(Level.MINOR)) {
        refuse(
            "Cannot publish the %s as %s, since %s is published: its changes are %s, so make it %s"
                .formatted(
                    demand.of(),
                    demand.after(),
                    demand.before(),
                    demand.level().word(),
                    demand.least()),
            next.domain().model().location(),
            comparison.changes().stream()
                .filter(change -> change.level() == demand.level())
                .toList());
      }
    }
  }

  private void refuse(String message, io.scorebook.documents.Location at, List<Change> because) {
    reasons.add(new Reason(at, message, because));
  }

  /// A version that is not in the folder any more: it ends with the newer one of its major.
  private PublishedVersion older(PublishedVersion version, List<Product> products) {
    return products.stream()
        .filter(product ->
            product.name().equals(version.product())
                && product.version().major() == version.version().major()
                && product.version().compareTo(version.version()) > 0)
        .filter(VersionRules::isEnding)
        .findFirst()
        .filter(_ -> version.status() != Status.RETIRED)
        .map(product -> ending(version, product))
        .orElse(version);
  }

  /// Whether a version is only told to end, under a model that has moved on: it keeps what it was
  /// published with until then. Its own document has to be the one of before.
  private boolean endsAsItWas(PublishedVersion was, DomainVersion next, Product product) {
    return isEnding(product)
        && was.status() != Status.RETIRED
        && Comparison.strongest(changes(was, next, product)).isPresent()
        && told(published(was)).equals(told(product));
  }

  /// What a product's document says, without its stage of life.
  private static List<Object> told(Product product) {
    return List.of(
        product.owner(),
        product.purpose(),
        product.usage(),
        product.limitations(),
        product.tags(),
        product.lifecycle().isPinned(),
        product.ports().stream().map(port -> List.of(port.name(), port.content())).toList());
  }

  private PublishedVersion ending(PublishedVersion version, Product product) {
    return new PublishedVersion(
        version.product(),
        version.version(),
        product.status(),
        version.content(),
        version.documents(),
        version.deprecatedAt().or(() -> Optional.of(now)),
        product.lifecycle().sunset(),
        product.lifecycle().successor(),
        version.pinned(),
        version.tag());
  }

  private static boolean isEnding(Product product) {
    return product.status() == Status.DEPRECATED || product.status() == Status.RETIRED;
  }

  private PublishedVersion version(DomainVersion next, Product product, long number) {
    Optional<PublishedVersion> same =
        known().stream()
            .filter(version ->
                version.product().equals(product.name())
                    && version.version().equals(product.version()))
            .findFirst();
    Optional<PublishedVersion> fixed = same.filter(version -> !version.isDraft());
    if (fixed.filter(was -> endsAsItWas(was, next, product)).isPresent()) {
      return ending(fixed.get(), product);
    }
    if (fixed.isPresent()) {
      again(fixed.get(), next, product);
    } else if (!isDraft(product)) {
      anew(next, product);
    }
    return new PublishedVersion(
        product.name(),
        product.version(),
        product.status(),
        ProductComparison.digest(next, product),
        number,
        isEnding(product)
            ? fixed.flatMap(PublishedVersion::deprecatedAt).or(() -> Optional.of(now))
            : Optional.empty(),
        product.lifecycle().sunset(),
        product.lifecycle().successor(),
        fixed.map(PublishedVersion::pinned).orElseGet(TreeMap::new),
        fixed.flatMap(PublishedVersion::tag));
  }

  private static boolean isDraft(Product product) {
    return product.status() == Status.DRAFT || product.status() == Status.PROPOSED;
  }

  /// A version that others may read already.
  private void again(PublishedVersion was, DomainVersion next, Product product) {
    if (was.status() == Status.RETIRED && product.status() != Status.RETIRED) {
      refuse(
          "Cannot bring back %s: it was retired; publish it as another version"
              .formatted(was.name()),
          product.location(),
          List.of());
    }
    if (isDraft(product)) {
      refuse(
          "Cannot make %s a %s again: it is %s, and others may rely on it; make the draft %s"
              .formatted(
                  was.name(),
                  product.status().word(),
                  was.status().word(),
                  least(was, Level.MINOR, product)),
          product.location(),
          List.of());
    }
    List<Change> content = changes(was, next, product);
    Comparison.strongest(content)
        .ifPresent(level ->
            refuse(
                "Cannot publish other content as %s, which is published: its changes are %s, so make"
                        .formatted(was.name(), level.word())
                    + " it %s".formatted(least(was, level, product)),
                product.location(),
                content));
  }

  /// A version that nobody may read yet, beside those of its major.
  private void anew(DomainVersion next, Product product) {
    known().stream()
        .filter(version ->
            version.product().equals(product.name())
                && version.version().major() == product.version().major()
                && !version.isDraft())
        .max(Comparator.comparing(PublishedVersion::version))
        .ifPresent(newest -> {
          if (newest.version().compareTo(product.version()) > 0) {
            refuse(
                "Cannot publish %s %s: %s is published already"
                    .formatted(product.name(), product.version(), newest.name()),
                product.location(),
                List.of());
            return;
          }
          List<Change> content = changes(newest, next, product);
          changes.addAll(content);
          demand(newest, product, content)
              .filter(demand -> !demand.isMet())
              .ifPresent(demand ->
                  refuse(
                      "Cannot publish %s %s after %s: its changes are %s, so make it %s"
                          .formatted(
                              product.name(),
                              product.version(),
                              newest.name(),
                              demand.level().word(),
                              demand.least()),
                      product.location(),
                      content.stream()
                          .filter(change -> change.level() == demand.level())
                          .toList()));
        });
  }

  private List<Change> changes(PublishedVersion was, DomainVersion next, Product product) {
    DomainVersion before = documents.apply(was.documents());
    Product old = published(was);
    var found = new ArrayList<>(ProductComparison.changes(before, old, next, product));
    if (old.lifecycle().isPinned() != product.lifecycle().isPinned()) {
      found.add(
          Change.of(
              Level.MAJOR,
              Kind.PRODUCT,
              product.schema(),
              What.FORMULA,
              product.lifecycle().isPinned()
                  ? "its data does not move any more"
                  : "its data moves now",
              old.lifecycle().isPinned() ? "pinned" : "live",
              product.lifecycle().isPinned() ? "pinned" : "live",
              product.location()));
    }
    return found;
  }

  private Product published(PublishedVersion was) {
    return documents
        .apply(was.documents())
        .domain()
        .findProduct(was.product(), was.version())
        .orElseThrow(() -> new IllegalStateException("Cannot find " + was.name()));
  }

  private static Optional<Demand> demand(
      PublishedVersion was, Product product, List<Change> content) {
    return Demand.of(
        "product " + product.name(),
        was.version().toString(),
        product.version().toString(),
        Comparison.strongest(content));
  }

  private static String least(PublishedVersion was, Level level, Product product) {
    return Demand.of(
            "product " + product.name(),
            was.version().toString(),
            was.version().toString(),
            Optional.of(level))
        .map(Demand::least)
        .orElseThrow();
  }
}
