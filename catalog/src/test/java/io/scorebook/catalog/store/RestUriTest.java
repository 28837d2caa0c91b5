package io.scorebook.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestUriTest {
  @TempDir Path home;

  @Test
  void whatStandsBehindTheQuestionMarkIsTakenOut() {
    assertThat(RestUri.parse("https://host/api/catalog"))
        .isEqualTo(new RestUri("https://host/api/catalog", Map.of()));
    assertThat(
            RestUri.parse(
                "https://host:8181/api?warehouse=lake&credential=me:pass%26word&scope=PRINCIPAL_ROLE:ALL"))
        .isEqualTo(
            new RestUri(
                "https://host:8181/api",
                Map.of(
                    "warehouse", "lake",
                    "credential", "me:pass&word",
                    "scope", "PRINCIPAL_ROLE:ALL")));
  }

  @Test
  void aTokenKeepsItsSigns() {
    assertThat(RestUri.parse("https://host?token=a+b/c==").properties())
        .isEqualTo(Map.of("token", "a+b/c=="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:hidden@host/api",
        "https://host/api?tokn=hidden",
        "https://host/api?token",
        "https://host/api?token=hidden&",
        "https://host/api?token=hidden hidden",
        "https:///api?token=hidden",
        "https://host/api?token=hidden#part"
      })
  void whatIsNoneIsRefusedWithoutRepeatingIt(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Optional.of("lake"), uri))
        .withMessageStartingWith("Invalid catalog URI: ")
        .withMessageNotContaining("hidden")
        .withNoCause();
  }

  @Test
  void aRestCatalogWantsABucketThatItReaches() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Optional.empty(), "https://host/api"))
        .withMessageContaining("--s3-bucket");
  }

  private WarehouseSettings settings(Optional<String> bucket, String uri) {
    return new WarehouseSettings(
        home, Optional.empty(), bucket, Optional.empty(), true, Optional.of(uri));
  }
}
