package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.containers.ServerCertificate;
import io.scorebook.gateway.flight.FlightDoor;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who is behind a call of Flight SQL's own client, over TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class CallersAtFlightTest {
  private static final String SQL = "SELECT CAST(1 AS BIGINT) AS number";

  @TempDir static Path home;

  private final BufferAllocator allocator = new RootAllocator();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FakeBackend backend;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private LocalIssuer issuer;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private ServerCertificate certificate;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Desk desk;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FlightDoor door;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FlightClient flight;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FlightSqlClient client;

  @BeforeAll
  void open() throws Exception {
    backend = FakeBackend.ofSampleDomain();
    backend.answering((_, _) -> backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(1L))));
    issuer = new LocalIssuer();
    desk = new Desk(backend, Desk.Allowance.DEFAULT);
    certificate = ServerCertificate.make(home);
    var tls =
        new FlightDoor.Tls(
            Files.writeString(home.resolve("server.crt"), certificate.certificate()),
            Files.writeString(home.resolve("server.key"), certificate.key()));
    door =
        FlightDoor.open(
            desk,
            Doorkeeper.of(
                Token.of("owner's token"), home, List.of(Issuer.of(issuer.settings("/keys")))),
            Seal.of("seal"),
            new FlightDoor.Options("0.0.0.0", 0, Optional.of(tls)));
    flight = connect();
    client = new FlightSqlClient(flight);
  }

  private FlightClient connect() throws IOException {
    try (var authority = Files.newInputStream(certificate.authority())) {
      return FlightClient.builder(allocator, Location.forGrpcTls("localhost", door.port()))
          .trustedCertificates(authority)
          .build();
    }
  }

  @AfterAll
  void close() throws Exception {
    client.close();
    desk.close();
    door.close();
    issuer.close();
    allocator.close(); // fails where a batch was not given back
  }

  @BeforeEach
  void forget() {
    backend.callers.clear();
  }

  private static String add(String name) {
    String secret = ApiKey.generate();
    var key =
        new ApiKey(
            name,
            ApiKey.hashOf(secret),
            Set.of("analysts"),
            Map.of(),
            Set.of("research"),
            Instant.now(),
            Optional.empty());
    assertThat(KeyFile.in(home).add(key)).isTrue();
    return secret;
  }

  private static CallOption bearer(String secret) {
    return new CredentialCallOption(new BearerCredentialWriter(secret));
  }

  private static CallOption header(String name, String value) {
    var headers = new FlightCallHeaders();
    headers.insert(name, value);
    return new HeaderCallOption(headers);
  }

  private long ask(CallOption... options) throws Exception {
    var ticket = client.execute(SQL, options).getEndpoints().getFirst().getTicket();
    long rows = 0;
    try (FlightStream stream = client.getStream(ticket, options)) {
      while (stream.next()) {
        rows += stream.getRoot().getRowCount();
      }
    }
    return rows;
  }

  private FlightRuntimeException refused(CallOption... options) {
    return catchThrowableOfType(FlightRuntimeException.class, () -> ask(options));
  }

  @Test
  void aKeyIsACallerUntilItIsRemoved() throws Exception {
    String secret = add("ann");
    CallOption given = flight.authenticateBasicToken("ann", secret).orElseThrow();
    assertThat(ask(given)).isEqualTo(1);
    assertThat(backend.callers)
        .containsOnly(new Caller("ann", Set.of("analysts"), Map.of(), Optional.empty()));
    KeyFile.in(home).remove("ann");
    assertThat(refused(given).status().code())
        .as("what was given for the key ends with it")
        .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    assertThat(refused(bearer(secret)).status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED);
  }

  @Test
  void aJwtIsACallerAsBearerAndAsPassword() throws Exception {
    String token = LocalIssuer.sign(issuer.key("one"), LocalIssuer.claims().build());
    assertThat(ask(bearer(token), header("scorebook-purpose", "reporting"))).isEqualTo(1);
    assertThat(backend.callers.getLast().name()).isEqualTo("sso:alice");
    assertThat(backend.callers.getLast().purpose()).contains("reporting");
    CallOption given = flight.authenticateBasicToken("jwt", token).orElseThrow();
    assertThat(ask(given, header("purpose", "reporting"))).isEqualTo(1);
    assertThat(backend.callers.getLast().name()).isEqualTo("sso:alice");
    assertThat(backend.callers.getLast().purpose()).contains("reporting");
    assertThat(refused(bearer(token + "x")).status().code())
        .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
  }

  @Test
  void whoMayNotAskForAPurposeIsRefused() throws Exception {
    CallOption ben = bearer(add("ben"));
    FlightRuntimeException refused = refused(ben, header("scorebook-purpose", "marketing"));
    assertThat(refused.status().code()).isEqualTo(FlightStatusCode.UNAUTHORIZED);
    assertThat(refused).hasMessageNotContaining("marketing");
    assertThat(ask(ben, header("scorebook-purpose", "research"))).isEqualTo(1);
    assertThat(backend.callers.getLast().purpose()).contains("research");
  }

  /// A ticket that was told for one purpose gives nothing for another.
  @Test
  void aTicketIsOfOnePurpose() throws Exception {
    CallOption cid = bearer(add("cid"));
    var ticket =
        client
            .execute(SQL, cid, header("purpose", "research"))
            .getEndpoints()
            .getFirst()
            .getTicket();
    FlightRuntimeException refused =
        catchThrowableOfType(
            FlightRuntimeException.class,
            () -> {
              try (FlightStream stream = client.getStream(ticket, cid)) {
                stream.next();
              }
            });
    assertThat(refused.status().code()).isEqualTo(FlightStatusCode.UNAUTHORIZED);
  }

  @Test
  void aClientThatDoesNotKnowTheCertificateOrSpeaksInTheClearGetsNowhere() throws Exception {
    CallOption owner = bearer("owner's token");
    assertThat(ask(owner)).isEqualTo(1);
    for (Location place :
        List.of(
            Location.forGrpcTls("localhost", door.port()),
            Location.forGrpcInsecure("localhost", door.port()))) {
      try (var other = new FlightSqlClient(FlightClient.builder(allocator, place).build())) {
        assertThat(
                catchThrowableOfType(FlightRuntimeException.class, () -> other.execute(SQL, owner))
                    .status()
                    .code())
            .as(place.toString())
            .isEqualTo(FlightStatusCode.UNAVAILABLE);
      }
    }
  }
}
