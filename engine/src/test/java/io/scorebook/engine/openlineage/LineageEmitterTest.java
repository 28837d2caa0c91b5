package io.scorebook.engine.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.Transport;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.LoadResult;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.Shop;
import io.scorebook.engine.datasheet.OpenLineageProduct;
import io.scorebook.engine.domain.Domain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LineageEmitterTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path folder;

  private static final LoadOptions OPTIONS = LoadOptions.DEFAULT;

  private static RunEvent event() {
    var openLineage = new OpenLineage(OpenLineageProduct.PRODUCER);
    return openLineage
        .newRunEventBuilder()
        .eventType(EventType.START)
        .run(openLineage.newRun(UUID.randomUUID(), null))
        .job(openLineage.newJob("test", "test", null))
        .build();
  }

  /// As a consumer reads that takes nothing for granted.
  static List<RunEvent> read(List<String> lines) throws Exception {
    ObjectMapper strict =
        OpenLineageClientUtils.newObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    var events = new ArrayList<RunEvent>();
    for (String line : lines) {
      JsonNode written = strict.readTree(line);
      assertThat(written.path("eventTime").asText()).isNotEmpty();
      assertThat(written.path("producer").asText()).isNotEmpty();
      assertThat(written.path("schemaURL").asText())
          .startsWith("https://openlineage.io/spec/2-0-2/OpenLineage.json");
      for (JsonNode facets : written.findValues("facets")) {
        facets.forEach(facet -> {
          assertThat(facet.path("_producer").asText()).isNotEmpty();
          assertThat(facet.path("_schemaURL").asText())
              .startsWith("https://openlineage.io/spec/facets/");
        });
      }
      RunEvent event = strict.readValue(line, RunEvent.class);
      assertThat(event.getRun().getRunId().version()).isEqualTo(7);
      events.add(event);
    }
    return events;
  }

  @Test
  void loadsAndPublicationsAreToldToAFile() throws Exception {
    Path log = folder.resolve("lineage.ndjson");
    Path shop = Shop.write(folder.resolve("shop"));
    Domain domain = Domain.read(shop, new Findings()).orElseThrow();
    Path sales = Files.writeString(folder.resolve("sales.csv"), "id,shop_id,amount\n1,1,5\n2,1,\n");
    Path broken = Files.writeString(folder.resolve("broken.csv"), "id,shop_id,amount\nx,1,5\n");
    Contract contract =
        domain.contracts().inLoadOrder().stream()
            .filter(one -> one.table().name().equals("sales"))
            .findFirst()
            .orElseThrow();
    LoadResult loaded;
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
        var emitter = LineageEmitter.open(List.of(parse("file:" + log)))) {
      loaded = LoadRun.load(warehouse, emitter, contract, List.of(sales), OPTIONS);
      assertThat(LoadRun.load(warehouse, emitter, contract, List.of(broken), OPTIONS))
          .isInstanceOf(LoadRefused.class);
      PublicationRun.published(emitter, warehouse, domain);
      PublicationRun.refused(emitter, "Cannot find the metric 'takigns'");
    }
    List<RunEvent> events = read(Files.readAllLines(log));
    assertThat(events)
        .extracting(RunEvent::getEventType)
        .containsExactly(
            EventType.START,
            EventType.COMPLETE,
            EventType.START,
            EventType.FAIL,
            EventType.START,
            EventType.COMPLETE,
            EventType.FAIL);
    RunEvent load = events.get(1);
    assertThat(load.getRun().getRunId()).isEqualTo(events.get(0).getRun().getRunId());
    assertThat(load.getJob().getName()).isEqualTo("load.shop.sales");
    var file = load.getInputs().getFirst();
    assertThat(file.getNamespace()).isEqualTo("file");
    assertThat(file.getName()).isEqualTo(sales.toAbsolutePath().toString());
    assertThat(file.getFacets().getVersion().getDatasetVersion()).startsWith("sha256:");
    var table = load.getOutputs().getFirst();
    long snapshot = ((LoadReport) loaded).snapshot().orElseThrow();
    assertThat(table.getNamespace()).startsWith("s3://");
    assertThat(table.getName()).endsWith("shop/sales");
    assertThat(table.getFacets().getVersion().getDatasetVersion())
        .isEqualTo(Long.toString(snapshot));
    assertThat(table.getFacets().getSymlinks().getIdentifiers().getFirst().getName())
        .isEqualTo("shop.sales");
    assertThat(table.getOutputFacets().getOutputStatistics().getRowCount()).isEqualTo(2);
    assertThat(events.get(3).getRun().getFacets().getErrorMessage().getMessage())
        .contains("Cannot load broken.csv");
    RunEvent published = events.get(5);
    assertThat(published.getJob().getName()).isEqualTo("product.takings_by_city_v1");
    // The table that a load gives is the one that the product reads.
    assertThat(published.getInputs())
        .anyMatch(input ->
            input.getNamespace().equals(table.getNamespace())
                && input.getName().equals(table.getName()));
    assertThat(
            published
                .getOutputs()
                .getFirst()
                .getFacets()
                .getColumnLineage()
                .getFields()
                .getAdditionalProperties())
        .containsKey("takings");
  }

  @Test
  void eventsGoOverHttpWithTheKeyThatIsNowhereElse() throws Exception {
    var received = new CopyOnWriteArrayList<String>();
    var keys = new CopyOnWriteArrayList<String>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/lineage",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    server.start();
    LineageTarget target =
        LineageTarget.parse(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            Optional.of("s3cret"),
            Optional.empty());
    assertThat(target.toString()).doesNotContain("s3cret");
    try (var emitter = LineageEmitter.open(List.of(target))) {
      emitter.emit(event());
      await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
      assertThat(keys).containsExactly("Bearer s3cret");
      assertThat(received.getFirst()).contains("\"eventType\":\"START\"");
    } finally {
      server.stop(0);
    }
  }

  /// What a target does, as the test says.
  private static Transport doing(Runnable work) {
    return new Transport() {
      @Override
      public void emit(RunEvent event) {
        work.run();
      }

      @Override
      public void emit(OpenLineage.DatasetEvent event) {}

      @Override
      public void emit(OpenLineage.JobEvent event) {}
    };
  }

  @Test
  void aTargetThatHangsSlowsNobodyAndWhatIsDroppedIsCounted() {
    var hanging = new CountDownLatch(1);
    try (var emitter =
        LineageEmitter.of(
            doing(() -> {
              try {
                hanging.await();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            }))) {
      RunEvent event = event();
      long before = System.nanoTime();
      for (int i = 0; i < 2_000; i++) {
        emitter.emit(event);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(emitter.counts().dropped()).isBetween(970L, 976L);
      hanging.countDown();
      await().until(() -> emitter.counts().sent() + emitter.counts().dropped() == 2_000);
    }
  }

  @Test
  void aTargetThatFailsFailsNobody() {
    try (var emitter =
        LineageEmitter.of(
            doing(() -> {
              throw new RefusedEventException("unreadable", new IllegalStateException());
            }))) {
      emitter.emit(event());
      emitter.emit(() -> {
        throw new IllegalArgumentException("cannot be made");
      });
      await().until(() -> emitter.counts().equals(new LineageEmitter.Counts(0, 1, 2)));
    }
  }

  @Test
  void whatATargetMissedItGetsInItsOrderAndOthersDoNotWait() throws Exception {
    var tries = new AtomicInteger();
    var got = new CopyOnWriteArrayList<UUID>();
    var target =
        new Transport() {
          @Override
          public void emit(RunEvent event) {
            if (tries.incrementAndGet() <= 3) {
              throw new IllegalStateException("gone");
            }
            got.add(event.getRun().getRunId());
          }

          @Override
          public void emit(OpenLineage.DatasetEvent event) {}

          @Override
          public void emit(OpenLineage.JobEvent event) {}
        };
    List<RunEvent> events = List.of(event(), event(), event());
    try (var emitter = LineageEmitter.of(target)) {
      events.forEach(emitter::emit);
      await().until(() -> emitter.counts().equals(new LineageEmitter.Counts(3, 0, 3)));
      assertThat(got)
          .containsExactlyElementsOf(
              events.stream().map(event -> event.getRun().getRunId()).toList());
    }
  }

  @Test
  void aTargetIsAnAddress() throws Exception {
    assertThat(parse("kafka://one:9092;two:9092/lineage"))
        .isEqualTo(new LineageTarget.ToKafka("one:9092,two:9092", "lineage", Map.of()));
    assertThat(parse("https://marquez.example/x"))
        .isEqualTo(
            new LineageTarget.ToHttp(URI.create("https://marquez.example/x"), Optional.empty()));
    for (String wrong : List.of("", "ftp://x", "kafka://one:9092", "file:", "marquez")) {
      assertThatThrownBy(() -> parse(wrong))
          .hasMessageStartingWith("Invalid target of lineage '" + wrong + "'");
    }
  }

  private static LineageTarget parse(String text) {
    return LineageTarget.parse(text, Optional.empty(), Optional.empty());
  }

  @Test
  void howKafkaIsLoggedInToStandsInAFileAndIsNeverTold() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("kafka.properties"),
            "security.protocol=SASL_SSL\nsasl.jaas.config=password=\"s3cret\"\n");
    LineageTarget target =
        LineageTarget.parse("kafka://one:9092/lineage", Optional.empty(), Optional.of(file));
    assertThat(((LineageTarget.ToKafka) target).connection())
        .containsEntry("sasl.jaas.config", "password=\"s3cret\"");
    assertThat(target).hasToString("kafka://one:9092/lineage");
    Files.writeString(file, "acks=0\n");
    assertThatThrownBy(() ->
            LineageTarget.parse("kafka://one:9092/lineage", Optional.empty(), Optional.of(file)))
        .hasMessageStartingWith("Invalid property 'acks' of Kafka's connection in " + file);
  }

  @Test
  void aTargetThatCannotBeOpenedIsToldAndLeftOut() {
    try (var emitter =
        LineageEmitter.open(List.of(new LineageTarget.ToKafka("no port", "lineage", Map.of())))) {
      assertThat(emitter.isOn()).isFalse();
      emitter.emit(event());
    }
  }
}
