package io.scorebook.catalog.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The URI of an Iceberg REST catalog, and apart from it what its query part says about how to get
/// in, as in `https://host/catalog?warehouse=lake&credential=ID:SECRET`.
///
/// @param address the URI without its query part
/// @param properties Iceberg's own properties, such as `token` or `scope`
record RestUri(String address, Map<String, String> properties) {
  private static final Set<String> KNOWN =
      new java.util.TreeSet<>(
          Set.of(
              "audience",
              "credential",
              "oauth2-server-uri",
              "prefix",
              "resource",
              "scope",
              "token",
              "warehouse"));

  /// @throws IllegalArgumentException where it is no such URI; the message repeats none of it, as
  ///   it may hold a secret
  static RestUri parse(String text) {
    URI uri = uri(text);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "Invalid catalog URI: a REST catalog is http(s)://HOST[:PORT][/PATH][?NAME=VALUE&...]; who"
              + " asks stands in ?credential=ID:SECRET or ?token=TOKEN");
    }
    var properties = new TreeMap<String, String>();
    String query = uri.getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals);
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "Invalid catalog URI: after the ? of a REST catalog stand NAME=VALUE with the names %s"
                .formatted(String.join(", ", KNOWN)));
      }
      properties.put(name, decoded(part.substring(equals + 1)));
    }
    return new RestUri(text.replaceFirst("\\?.*", ""), properties);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "Invalid catalog URI: holds what no URI may hold; write such signs as %XX");
    }
  }

  /// A plus is a plus: tokens hold some.
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return address;
  }
}
