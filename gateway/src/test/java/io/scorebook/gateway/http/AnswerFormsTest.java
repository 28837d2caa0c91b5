package io.scorebook.gateway.http;

import static io.scorebook.gateway.session.FakeBackend.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The forms of answers, byte by byte.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerFormsTest {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          column("player", OutputType.STRING, Role.DIMENSION),
          column("month", OutputType.DATE, Role.DIMENSION),
          column("grouping", OutputType.INTEGER, Role.GROUPING),
          column("points", OutputType.INTEGER, Role.METRIC),
          column("fee", OutputType.DECIMAL, Role.METRIC),
          column("share", OutputType.DOUBLE, Role.METRIC),
          column("won", OutputType.BOOLEAN, Role.VALUE),
          column("at", OutputType.TIMESTAMP, Role.EVIDENCE));
  private static final List<List<? extends @Nullable Object>> ROWS =
      List.of(
          Arrays.<@Nullable Object>asList(
              "Jokić, \"N\"",
              LocalDate.of(2018, 1, 6),
              0L,
              9007199254740993L,
              new BigDecimal("123456789012345678901234.50"),
              0.1,
              true,
              LocalDateTime.of(2018, 1, 6, 20, 0)),
          Arrays.<@Nullable Object>asList(
              "",
              null,
              3L,
              new BigInteger("170141183460469231731687303715884105727"),
              null,
              1e21,
              false,
              null),
          Arrays.<@Nullable Object>asList(null, null, null, null, null, null, null, null));

  private final FakeBackend platform = new FakeBackend();
  private Door door;

  @SuppressWarnings("NullAway.Init")
  AnswerFormsTest() {}

  @BeforeAll
  void open() {
    platform.answering((_, _) -> platform.rows(COLUMNS, ROWS));
    door = Door.open(platform);
  }

  @AfterAll
  void close() {
    door.close();
  }

  @Test
  void jsonKeepsAllDigits() {
    var response = door.post("/v1/query", "{\"metrics\":[\"points\"]}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .isEqualTo(
            """
            {"columns":[{"name":"player","type":"string","role":"dimension"},{"name":"month","type":"date","role":"dimension"},{"name":"grouping","type":"integer","role":"grouping"},{"name":"points","type":"integer","role":"metric"},{"name":"fee","type":"decimal","role":"metric"},{"name":"share","type":"double","role":"metric"},{"name":"won","type":"boolean","role":"value"},{"name":"at","type":"timestamp","role":"evidence"}],
            "rows":[
            ["Jokić, \\"N\\"","2018-01-06",0,9007199254740993,123456789012345678901234.50,0.1,true,"2018-01-06T20:00:00"],
            ["",null,3,170141183460469231731687303715884105727,null,1.0E21,false,null],
            [null,null,null,null,null,null,null,null]
            ],
            "provenance":{"model":{"name":"league","version":"1.0.0","hash":"sha256:abc"},"snapshots":{"league.games":5937117119577207000},"engine":"fake","policies":[],"restsOn":[]}}
            """);
  }

  @Test
  void ndjsonIsAnObjectALine() {
    var response =
        door.post("/v1/query", "{\"metrics\":[\"points\"]}", "Accept", "application/x-ndjson");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(response.headers().firstValue("Scorebook-Provenance"))
        .hasValue(
            "{\"model\":{\"name\":\"league\",\"version\":\"1.0.0\",\"hash\":\"sha256:abc\"},"
                + "\"snapshots\":{\"league.games\":5937117119577207000},\"engine\":\"fake\","
                + "\"policies\":[],\"restsOn\":[]}");
    assertThat(response.body())
        .isEqualTo(
            """
            {"player":"Jokić, \\"N\\"","month":"2018-01-06","grouping":0,"points":9007199254740993,"fee":123456789012345678901234.50,"share":0.1,"won":true,"at":"2018-01-06T20:00:00"}
            {"player":"","month":null,"grouping":3,"points":170141183460469231731687303715884105727,"fee":null,"share":1.0E21,"won":false,"at":null}
            {"player":null,"month":null,"grouping":null,"points":null,"fee":null,"share":null,"won":null,"at":null}
            """);
  }

  @Test
  void csvTellsNullFromEmpty() {
    var response = door.post("/v1/sql?format=csv", "{\"sql\":\"SELECT 1\"}");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv");
    assertThat(response.headers().firstValue("Scorebook-Provenance")).isPresent();
    assertThat(response.body())
        .isEqualTo(
            "player,month,grouping,points,fee,share,won,at\r\n"
                + "\"Jokić, \"\"N\"\"\",2018-01-06,0,9007199254740993,"
                + "123456789012345678901234.50,0.1,true,2018-01-06T20:00:00\r\n"
                + "\"\",,3,170141183460469231731687303715884105727,,1.0E21,false,\r\n"
                + ",,,,,,,\r\n");
  }

  @Test
  void acceptChoosesByQuality() {
    var csv =
        door.post(
            "/v1/query",
            "{\"metrics\":[\"points\"]}",
            "Accept",
            "application/json;q=0.5, text/csv, image/png");
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv");
    var any = door.post("/v1/query", "{\"metrics\":[\"points\"]}", "Accept", "*/*");
    assertThat(any.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void whatCannotBeGivenIsNotAcceptable() {
    var accept = door.post("/v1/query", "{\"metrics\":[\"points\"]}", "Accept", "image/png");
    assertThat(accept.statusCode()).isEqualTo(406);
    assertThat(accept.body()).contains("Cannot answer as any of [image/png]");
    var format = door.post("/v1/query?format=xml", "{\"metrics\":[\"points\"]}");
    assertThat(format.statusCode()).isEqualTo(406);
    assertThat(format.body()).contains("Cannot answer in the format 'xml'");
  }
}
