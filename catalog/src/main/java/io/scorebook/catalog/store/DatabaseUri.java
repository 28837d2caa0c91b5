package io.scorebook.catalog.store;

import io.scorebook.catalog.store.StoreException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JDBC URI of a catalog, and its password apart from it: messages of libraries repeat the URI.
///
/// @param address the URI without the password
record DatabaseUri(String address, Optional<String> password) {
  private static final Pattern PASSWORD =
      Pattern.compile("([?&;])password=([^&;]*)[&;]?", Pattern.CASE_INSENSITIVE);

  /// @throws StoreException [Kind#UNSUPPORTED] where there is no driver for it
  static DatabaseUri parse(String uri) {
    Matcher found = PASSWORD.matcher(uri);
    DatabaseUri parsed =
        found.find()
            ? new DatabaseUri(
                (uri.substring(0, found.end(1)) + uri.substring(found.end()))
                    .replaceFirst("[?&;]$", ""),
                Optional.of(decoded(found.group(1), found.group(2))))
            : new DatabaseUri(uri, Optional.empty());
    parsed.checkDriver();
    return parsed;
  }

  /// After `?` stands what URLs may hold; after `;` the text itself.
  private static String decoded(String before, String text) {
    return before.equals(";") ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void checkDriver() {
    try {
      DriverManager.getDriver(address);
    } catch (SQLException _) {
      int scheme = address.indexOf(':', "jdbc:".length());
      throw new StoreException(
          Kind.UNSUPPORTED,
          "Cannot open the catalog's database: no JDBC driver here takes a URI like '%s:...'"
              .formatted(scheme < 0 ? "jdbc" : address.substring(0, scheme)));
    }
  }

  @Override
  public String toString() {
    return address;
  }
}
