package io.scorebook.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.store.StoreException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarehouseSettingsTest {
  private static final String SECRET = "pass-word-1";

  @TempDir Path home;

  private WarehouseSettings settings(String endpoint, String catalog, Optional<Path> authority) {
    return new WarehouseSettings(
        home,
        Optional.of(URI.create(endpoint)),
        Optional.of("lake"),
        Optional.empty(),
        true,
        Optional.of(catalog),
        authority);
  }

  private WarehouseSettings catalog(String uri) {
    return new WarehouseSettings(
        home, Optional.empty(), Optional.empty(), Optional.empty(), true, Optional.of(uri));
  }

  @Test
  void anAuthorityIsForAnEndpointThatSpeaksTls() {
    Optional<Path> authority = Optional.of(home.resolve("ca.pem"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("http://localhost:9000", "jdbc:sqlite:x", authority))
        .withMessageContaining("is not https");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("https://localhost:9000", "https://rest/", authority))
        .withMessageContaining("truststore");
    assertThat(settings("https://localhost:9000", "jdbc:sqlite:x", authority).s3Ca())
        .isEqualTo(authority);
  }

  @Test
  void thePasswordOfTheCatalogIsInNoText() {
    String uri = "jdbc:nosuch://host/db?user=me&password=" + SECRET;
    assertThat(catalog(uri).toString()).doesNotContain(SECRET);
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> Warehouse.open(catalog(uri)).close());
    assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(e).hasStackTraceContaining("jdbc:nosuch:").message().doesNotContain(SECRET);
    assertThat(stackTrace(e)).doesNotContain(SECRET);
  }

  @Test
  void thePasswordOfAServerThatIsAwayIsInNoText() {
    String uri = "jdbc:postgresql://127.0.0.1:1/db?user=me&password=" + SECRET;
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> Warehouse.open(catalog(uri)).close());
    assertThat(e.kind()).isEqualTo(Kind.CATALOG_AWAY);
    assertThat(stackTrace(e)).contains("Cannot open the catalog").doesNotContain(SECRET);
  }

  @Test
  void thePasswordIsTakenOutOfTheUri() {
    assertThat(DatabaseUri.parse("jdbc:postgresql://h/db?password=a%20b&user=me"))
        .isEqualTo(new DatabaseUri("jdbc:postgresql://h/db?user=me", Optional.of("a b")));
    assertThat(DatabaseUri.parse("jdbc:postgresql://h/db?user=me&password=ab"))
        .isEqualTo(new DatabaseUri("jdbc:postgresql://h/db?user=me", Optional.of("ab")));
    assertThat(DatabaseUri.parse("jdbc:postgresql://h/db?user=me&Password=ab&ssl=true"))
        .isEqualTo(new DatabaseUri("jdbc:postgresql://h/db?user=me&ssl=true", Optional.of("ab")));
    assertThat(DatabaseUri.parse("jdbc:sqlite:x.db"))
        .isEqualTo(new DatabaseUri("jdbc:sqlite:x.db", Optional.empty()));
  }

  private static String stackTrace(Throwable failure) {
    var text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
