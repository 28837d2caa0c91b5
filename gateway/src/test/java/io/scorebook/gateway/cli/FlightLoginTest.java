package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scorebook.gateway.flight.FlightDoor;
import java.io.ByteArrayInputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.flight.sql.util.TableRef;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whom the door of Flight SQL lets in, and what it tells him that there is.
@ExtendWith(OnFlight.class)
@Timeout(60)
final class FlightLoginTest {
  private final FlightLab lab;

  FlightLoginTest(FlightLab lab) {
    this.lab = lab;
  }

  @Test
  void letsNobodyInWithoutASecret() {
    assertThat(FlightLab.refused(() -> lab.client().execute("SELECT 1")).status().code())
        .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    assertThat(
            FlightLab.refused(() ->
                lab.client().getTables(null, null, null, null, true, FlightLab.bearer("wrong"))))
        .hasMessageContaining("Cannot accept the token or key");
    assertThat(
            FlightLab.refused(
                    () -> lab.client().execute("SELECT 1", FlightLab.bearer("lab.client().wrong")))
                .status()
                .code())
        .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    try (FlightClient other = lab.connect(lab.gateway().flight())) {
      assertThat(
              FlightLab.refused(() -> other.authenticateBasicToken("token", "wrong"))
                  .status()
                  .code())
          .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
      assertThat(
              FlightLab.refused(
                      () -> other.authenticateBasicToken("someone", lab.gateway().token()))
                  .status()
                  .code())
          .isEqualTo(FlightStatusCode.UNAUTHENTICATED);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(
            lab.client()
                .execute("SELECT 1 AS one", FlightLab.bearer(lab.gateway().token()))
                .getSchema()
                .getFields())
        .hasSize(1);
  }

  @Test
  void givesNoBearerWhereOthersCanListen() throws Exception {
    Optional<InetAddress> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .map(InetAddress.class::cast)
            .findFirst();
    assumeThat(found).as("an address of this machine besides loopback").isPresent();
    InetAddress outside = found.orElseThrow();
    try (FlightDoor door = lab.gateway().flightForAll();
        FlightClient near = lab.connect(URI.create("grpc://127.0.0.1:" + door.port()));
        FlightClient far =
            lab.connect(URI.create("grpc://" + outside.getHostAddress() + ":" + door.port()))) {
      assertThat(near.authenticateBasicToken("token", lab.gateway().token())).isPresent();
      FlightRuntimeException refused =
          FlightLab.refused(() -> far.authenticateBasicToken("token", lab.gateway().token()));
      assertThat(refused.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED);
      assertThat(refused).hasMessageContaining("Cannot take a token in the clear");
      assertThat(refused.status().metadata().keys()).doesNotContain("authorization");
      assertThat(FlightLab.refused(() -> far.authenticateBasicToken("token", "wrong")))
          .as("nobody learns there whether a password is right")
          .hasMessage(refused.getMessage());
    }
  }

  @Test
  void aTicketIsOneCallersAlone() throws Exception {
    String key = lab.gateway().key("ann", "readers");
    FlightInfo mine = lab.client().execute("SELECT 1 AS one", lab.login());
    Ticket ticket = mine.getEndpoints().getFirst().getTicket();
    FlightRuntimeException refused =
        FlightLab.refused(() -> {
          try (FlightStream stream = lab.client().getStream(ticket, FlightLab.bearer(key))) {
            stream.next();
          }
        });
    assertThat(refused.status().code()).isEqualTo(FlightStatusCode.UNAUTHORIZED);
    assertThat(
            FlightLab.refused(() ->
                lab.client()
                    .cancelFlightInfo(new CancelFlightInfoRequest(mine), FlightLab.bearer(key))))
        .hasMessageContaining("not given to this caller");
    byte[] changed = ticket.getBytes().clone();
    changed[changed.length - 5] ^= 1;
    assertThat(FlightLab.refused(() -> lab.rows(new Ticket(changed)))).isNotNull();
    try (var statement = lab.client().prepare("SELECT 1 AS one", lab.login())) {
      assertThat(FlightLab.refused(() -> statement.execute(FlightLab.bearer(key))).status().code())
          .isEqualTo(FlightStatusCode.NOT_FOUND);
      statement.close(lab.login());
    }
    assertThat(lab.rows(ticket)).containsExactly("1");
    assertThat(mine.getEndpoints().getFirst().getExpirationTime()).isPresent();
  }

  @Test
  void tellsEveryCallOfMetadata() throws Exception {
    assertThat(lab.rows(lab.client().getCatalogs(lab.login()))).isEmpty();
    assertThat(lab.rows(lab.client().getSchemas(null, null, lab.login())))
        .containsExactly(
            "null|by_label_v1", "null|lab", "null|marks_v1", "null|samples_v1", "null|wrong_v1");
    assertThat(lab.rows(lab.client().getSchemas(null, "samples\\__1", lab.login())))
        .containsExactly("null|samples_v1");
    assertThat(lab.rows(lab.client().getSchemas("other", null, lab.login()))).isEmpty();
    assertThat(lab.rows(lab.client().getTableTypes(lab.login()))).containsExactly("TABLE", "VIEW");
    assertThat(lab.rows(lab.client().getTables(null, "lab", "%a%", null, false, lab.login())))
        .containsExactly("null|lab|marks|TABLE", "null|lab|samples|TABLE");
    assertThat(
            lab.rows(
                lab.client().getTables(null, "%\\_v1", null, List.of("VIEW"), false, lab.login())))
        .contains("null|by_label_v1|by_label|VIEW")
        .noneMatch(row -> row.contains("TABLE"));
    assertThat(
            lab.rows(lab.client().getPrimaryKeys(TableRef.of(null, "lab", "samples"), lab.login())))
        .as("its key is no column that SQL sees")
        .isEmpty();
    for (FlightInfo none :
        List.of(
            lab.client().getImportedKeys(TableRef.of(null, null, "samples"), lab.login()),
            lab.client().getExportedKeys(TableRef.of(null, null, "samples"), lab.login()),
            lab.client()
                .getCrossReference(
                    TableRef.of(null, null, "samples"),
                    TableRef.of(null, null, "marks"),
                    lab.login()))) {
      assertThat(none.getSchema()).isEqualTo(Schemas.GET_CROSS_REFERENCE_SCHEMA);
      assertThat(lab.rows(none)).isEmpty();
    }
    assertThat(lab.rows(lab.client().getXdbcTypeInfo(lab.login()))).hasSize(7);
    assertThat(lab.rows(lab.client().getXdbcTypeInfo(java.sql.Types.BIGINT, lab.login())))
        .singleElement()
        .asString()
        .startsWith("BIGINT|-5|19|");
    assertThat(
            lab.rows(
                lab.client()
                    .getSqlInfo(
                        new SqlInfo[] {
                          SqlInfo.FLIGHT_SQL_SERVER_NAME, SqlInfo.FLIGHT_SQL_SERVER_READ_ONLY
                        },
                        lab.login())))
        .containsExactly("0|Scorebook", "3|true");
    assertThat(lab.rows(lab.client().getSqlInfo(new SqlInfo[0], lab.login())))
        .hasSizeGreaterThan(30);
  }

  @Test
  void describesColumnsWithWhatTheyMean() throws Exception {
    Schema dataset = described("lab", "samples");
    assertThat(dataset.findField("total").getMetadata())
        .containsEntry(
            "ARROW:FLIGHT:SQL:REMARKS", "Metric, asked as AGGREGATE(total): Their amounts (money)")
        .containsEntry("ARROW:FLIGHT:SQL:TYPE_NAME", "DECIMAL")
        .containsEntry("role", "metric");
    assertThat(dataset.findField("total").getType())
        .isEqualTo(lab.typeOf("SELECT AGGREGATE(total) FROM lab.samples"));
    for (var field : described("samples_v1", "samples").getFields()) {
      assertThat(field.getType())
          .as(field.getName())
          .isEqualTo(lab.typeOf("SELECT " + field.getName() + " FROM samples_v1.samples"));
    }
  }

  private Schema described(String schema, String table) throws Exception {
    FlightInfo info = lab.client().getTables(null, schema, table, null, true, lab.login());
    try (FlightStream stream =
        lab.client().getStream(info.getEndpoints().getFirst().getTicket(), lab.login())) {
      assertThat(stream.next()).isTrue();
      byte[] bytes = ((VarBinaryVector) stream.getRoot().getVector("table_schema")).get(0);
      return MessageSerializer.deserializeSchema(
          new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))));
    }
  }
}
