package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Issuers whose keys are found by what they say of themselves.
@Timeout(60)
class DiscoveryTest {
  @SuppressWarnings("NullAway.Init") // set before each test
  private LocalIssuer issuer;

  @BeforeEach
  void open() throws Exception {
    issuer = new LocalIssuer();
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private Optional<Admitted> admit(Issuer by, String name) throws Exception {
    String token = LocalIssuer.sign(LocalIssuer.ONE, LocalIssuer.claims().issuer(name).build());
    return by.admit(token, InstantSource.system()).toCompletableFuture().join();
  }

  @Test
  void keysAreFoundByTheNameAloneOnceForManyTokens() throws Exception {
    String name = issuer.address("/real").toString();
    Issuer real = Issuer.of(issuer.discovered("/real"));
    for (int i = 0; i < 3; i++) {
      assertThat(admit(real, name)).isPresent();
    }
    assertThat(issuer.discoveries).hasValue(1);
    assertThat(issuer.fetches).hasValue(1);
    assertThat(admit(real, LocalIssuer.NAME)).isEmpty();
  }

  /// Another name, an address that must not be asked, and none at all.
  @Test
  void whatCannotBeTrustedGivesNoKeys() throws Exception {
    for (String path : List.of("/other", "/odd", "/nowhere")) {
      Issuer wrong = Issuer.of(issuer.discovered(path));
      assertThatThrownBy(() -> admit(wrong, issuer.address(path).toString()))
          .as(path)
          .cause()
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.ISSUER_UNAVAILABLE));
    }
    assertThat(issuer.fetches).hasValue(0);
  }

  @Test
  void anIssuerWithoutKeysIsAnAddressByHttps() {
    var findings = new Findings();
    String yaml =
        """
        issuers:
          - {name: good, issuer: "https://login.example.com/realms/one", audience: scorebook}
          - {name: plain, issuer: "http://login.example.com/", audience: scorebook}
          - {name: word, issuer: login, audience: scorebook}
          - {name: asked, issuer: "https://login.example.com/?x=1", audience: scorebook}
        """;
    Value.Mapping settings =
        Document.parse("scorebook.yaml", yaml, findings)
            .flatMap(value -> value.asMapping("settings", findings))
            .orElseThrow();
    assertThat(IssuerSettings.read(settings, findings))
        .singleElement()
        .satisfies(one -> assertThat(one.jwks()).isEmpty());
    assertThat(findings.toList())
        .hasSize(3)
        .allSatisfy(
            finding -> assertThat(finding.toString()).contains("that takes an https:// address"));
  }
}
