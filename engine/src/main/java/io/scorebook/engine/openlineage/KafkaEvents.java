package io.scorebook.engine.openlineage;

import io.openlineage.client.OpenLineage.DatasetEvent;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.JobEvent;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Tells a topic of Kafka of runs, one event after the other: an event is sent when the brokers
/// have it, and not before. The key is the job's, as OpenLineage's own transport writes it, so that
/// the events of one job stay in their order whatever partitions there are.
final class KafkaEvents extends Transport {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /// One try; another follows within [LineageTarget#TIMEOUT_MILLIS].
  private static final int REQUEST_MILLIS = 4_000;

  private static final int RECONNECT_MILLIS = 1_000;

  private final String topic;
  private final KafkaProducer<String, String> producer;

  /// @throws org.apache.kafka.common.KafkaException where the properties cannot be used
  KafkaEvents(LineageTarget.ToKafka target) {
    this.topic = target.topic();
    Map<String, Object> properties = new HashMap<>(target.connection());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, target.servers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LineageTarget.TIMEOUT_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LineageTarget.TIMEOUT_MILLIS);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
    this.producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  @Override
  public void emit(RunEvent event) {
    send("run:", event.getJob(), OpenLineageClientUtils.toJson(event));
  }

  @Override
  public void emit(DatasetEvent event) {
    throw new IllegalArgumentException("Cannot send an event of a dataset: there are none");
  }

  @Override
  public void emit(JobEvent event) {
    send("job:", event.getJob(), OpenLineageClientUtils.toJson(event));
  }

  private void send(String kind, Job job, String event) {
    String key = kind + job.getNamespace() + "/" + job.getName();
    try {
      producer.send(new ProducerRecord<>(topic, key, event)).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof RecordTooLargeException || cause instanceof SerializationException) {
        throw new RefusedEventException(String.valueOf(cause.getMessage()), cause);
      }
      throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close(LAST_WORDS);
  }
}
