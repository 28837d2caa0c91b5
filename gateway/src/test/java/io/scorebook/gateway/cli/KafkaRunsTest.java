package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClientUtils;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.datasheet.OpenLineageProduct;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.openlineage.LineageEmitter;
import io.scorebook.engine.openlineage.LineageTarget;
import io.scorebook.engine.openlineage.LoadRun;
import io.scorebook.engine.openlineage.PublicationRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Loads and publications told to a broker, where there are libraries of one (see CONTRIBUTING.md).
@Timeout(180)
class KafkaRunsTest {
  private static final String TOPIC = "lineage";

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path folder;

  private Map<String, String> connection(String password) {
    return Map.of(
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "PLAIN",
        "sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"us\" password=\"%s\";"
                .formatted(password));
  }

  private List<ConsumerRecord<String, String>> read(KafkaBroker broker, int atLeast) {
    Map<String, Object> properties = new HashMap<>(connection(KafkaBroker.PASSWORD));
    properties.put("bootstrap.servers", broker.servers());
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    var read = new ArrayList<ConsumerRecord<String, String>>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(TOPIC).stream()
              .map(part -> new TopicPartition(TOPIC, part.partition()))
              .toList());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            return read.size() >= atLeast;
          });
      consumer.poll(Duration.ofMillis(300)).forEach(read::add);
    }
    return read;
  }

  private static RunEvent strictly(String event) {
    try {
      return OpenLineageClientUtils.newObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(event, RunEvent.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read " + event, e);
    }
  }

  private static RunEvent event(String job) {
    var openLineage = new OpenLineage(OpenLineageProduct.PRODUCER);
    return openLineage
        .newRunEventBuilder()
        .eventType(EventType.START)
        .run(openLineage.newRun(UUID.randomUUID(), null))
        .job(openLineage.newJob("scorebook", job, null))
        .build();
  }

  @Test
  void aBrokerHasEveryEventOnceInTheOrderOfItsJobAlsoThoseOfWhileItWasGone() throws Exception {
    String libraries = System.getProperty("scorebook.kafka.libs", "");
    Assumptions.assumeFalse(
        libraries.isEmpty(), "Kafka's libraries are not given: -Dscorebook.kafka.libs");
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT");
    root.addAppender(told);
    var ofKafka = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.apache.kafka");
    Level before = ofKafka.getLevel();
    ofKafka.setLevel(Level.INFO); // at which it tells its properties
    try (var broker =
            KafkaBroker.start(
                Path.of(libraries), Files.createDirectories(folder.resolve("broker")));
        var warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")))) {
      var target =
          new LineageTarget.ToKafka(broker.servers(), TOPIC, connection(KafkaBroker.PASSWORD));
      Path market = SalesDomain.write(folder.resolve("market"));
      Domain domain = Domain.read(market, new Findings()).orElseThrow();
      Contract contract =
          domain.contracts().inLoadOrder().stream()
              .filter(one -> one.table().name().equals("sales"))
              .findFirst()
              .orElseThrow();
      Path sales = SalesDomain.sales(folder.resolve("sales.csv"), 1, 3);
      int events;
      try (var emitter = LineageEmitter.open(List.of(target))) {
        LoadRun.load(warehouse, emitter, contract, List.of(sales), LoadOptions.DEFAULT);
        PublicationRun.published(emitter, warehouse, domain);
        PublicationRun.refused(emitter, "Cannot find the metric 'takigns'");
        int first = 2 + 2 * domain.products().size() + 1;
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> emitter.counts().equals(new LineageEmitter.Counts(first, 0, 0)));

        // Who may not log in; it has its last words while the broker is away.
        var wrong = new LineageTarget.ToKafka(broker.servers(), TOPIC, connection("wr0ng-s3cret"));
        var unknown = LineageEmitter.open(List.of(wrong));
        unknown.emit(event("wrong"));
        await().atMost(Duration.ofSeconds(30)).until(() -> unknown.counts().failed() > 0);
        assertThat(unknown.counts().sent()).isZero();
        Thread leaving = Thread.startVirtualThread(unknown::close);

        broker.kill();
        SalesDomain.sales(sales, 2, 3);
        long start = System.nanoTime();
        assertThat(LoadRun.load(warehouse, emitter, contract, List.of(sales), LoadOptions.DEFAULT))
            .isInstanceOf(LoadReport.class);
        PublicationRun.published(emitter, warehouse, domain);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        broker.startAgain();
        events = first + 2 + 2 * domain.products().size();
        await().atMost(Duration.ofSeconds(60)).until(() -> emitter.counts().sent() == events);
        assertThat(emitter.counts().dropped()).isZero();
        leaving.join();
      }
      List<ConsumerRecord<String, String>> read = read(broker, events);
      assertThat(read).hasSize(events);
      List<RunEvent> heard = read.stream().map(line -> strictly(line.value())).toList();
      for (int i = 0; i < read.size(); i++) {
        assertThat(read.get(i).key()).isEqualTo("run:scorebook/" + heard.get(i).getJob().getName());
      }
      assertThat(
              heard.stream()
                  .filter(event -> event.getJob().getName().equals("load.market.sales"))
                  .map(RunEvent::getEventType))
          .containsExactly(
              EventType.START, EventType.COMPLETE, EventType.START, EventType.COMPLETE);

      assertThat(told.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.startsWith("Cannot send lineage to kafka://"))
          .anyMatch(line -> line.contains("sasl.jaas.config = [hidden]"))
          .noneMatch(line -> line.contains("s3cret"));
    } finally {
      root.detachAppender(told);
      ofKafka.setLevel(before);
    }
  }
}
