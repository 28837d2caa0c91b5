package io.scorebook.gateway.session;

import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import java.util.List;
import java.util.Locale;

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
    String sql = ask.sql().toLowerCase(Locale.ROOT).replace("\"", "");
    return domains.stream()
        .flatMap(domain -> domain.ports().stream())
        .filter(port -> names(sql, (port.table().schema() + "." + port.table().name())))
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

  /// The whole name, and not as a part of another.
  private static boolean names(String sql, String table) {
    String name = table.toLowerCase(Locale.ROOT);
    for (int at = sql.indexOf(name); at >= 0; at = sql.indexOf(name, at + 1)) {
      boolean begins = at == 0 || !Character.isJavaIdentifierPart(sql.charAt(at - 1));
      int end = at + name.length();
      boolean ends = end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }
}
