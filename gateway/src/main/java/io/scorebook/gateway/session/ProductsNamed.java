package io.scorebook.gateway.session;

import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which products a question reads, by the tables that it names.
public final class ProductsNamed {
  private ProductsNamed() {}

  /// Of the products that the asker sees.
  public static List<Product> in(Ask ask, List<Domain> domains) {
    return switch (ask) {
      case Ask.Metrics _ -> List.of();
      case Ask.Sql sql ->
          ports(sql, domains).stream().map(Domain.PublicPort::product).distinct().toList();
    };
  }

  /// The output ports whose tables a query names.
  public static List<Domain.PublicPort> ports(Ask.Sql ask, List<Domain> domains) {
    Set<String> names = NamesInSql.of(ask.sql());
    return domains.stream()
        .flatMap(domain -> domain.ports().stream())
        .filter(port ->
            names.contains(
                (port.table().schema() + "." + port.table().name()).toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// What is to be said of the versions that a query reads: those that will end.
  public static List<String> notices(Ask.Sql ask, List<Domain> domains) {
    return ports(ask, domains).stream()
        .flatMap(port -> port.published().stream())
        .filter(version -> version.deprecatedAt().isPresent())
        .map(version ->
            "The version %s of '%s' is deprecated%s%s"
                .formatted(
                    version.version(),
                    version.product(),
                    version.sunset().map(end -> ", and ends at " + end).orElse(""),
                    version.successor().map(next -> "; its successor is " + next).orElse("")))
        .distinct()
        .toList();
  }
}
