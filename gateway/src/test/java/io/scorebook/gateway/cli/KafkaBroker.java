package io.scorebook.gateway.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One broker, its own controller, in a process of its own; it can be stopped and started again on
/// what it has. Who sends shows a password.
final class KafkaBroker implements AutoCloseable {
  static final String PASSWORD = "br0ker-s3cret";
  private static final int HEAP_MEGABYTES = 256;

  private final Path libraries;
  private final Path folder;
  private final int port;
  private Process process;

  private KafkaBroker(Path libraries, Path folder) throws Exception {
    this.libraries = libraries;
    this.folder = folder;
    this.port = freePort();
    Files.writeString(
        folder.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=SASL_PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        listener.security.protocol.map=SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=SASL_PLAINTEXT
        sasl.mechanism.inter.broker.protocol=PLAIN
        sasl.enabled.mechanisms=PLAIN
        listener.name.sasl_plaintext.plain.sasl.jaas.config=%3$s username="us" password="%4$s" user_us="%4$s";
        log.dirs=%5$s
        num.partitions=3
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        """
            .formatted(
                port,
                freePort(),
                "org.apache.kafka.common.security.plain.PlainLoginModule required",
                PASSWORD,
                folder.resolve("data")));
    Process format =
        run(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "MkU3OEVBNTcwNTJENDM2Qk",
            "-c",
            "server.properties");
    if (!format.waitFor(60, TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IllegalStateException("Cannot format: " + log());
    }
    this.process = run("kafka.Kafka", "server.properties");
    awaitUp();
  }

  static KafkaBroker start(Path libraries, Path folder) throws Exception {
    return new KafkaBroker(libraries, folder);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process run(String main, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                libraries + "/*",
                main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private void awaitUp() {
    await()
        .atMost(Duration.ofSeconds(60))
        .failFast("The broker has ended", () -> !process.isAlive())
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> {
          try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
          }
        });
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /// Ends it at once, as a crash does.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void startAgain() throws IOException {
    process = run("kafka.Kafka", "server.properties");
    awaitUp();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
