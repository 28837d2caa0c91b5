package io.scorebook.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// MinIO's server as a process of this machine, without a container between, over a folder of its
/// own; its keys are made up, and given to the AWS chain of this JVM.
final class MinioProcess implements AutoCloseable {
  static final String BUCKET = "lake";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final URI endpoint;

  private MinioProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /// Starts it and makes a bucket.
  ///
  /// @param binary MinIO's server
  /// @param folder where it keeps its objects, and says what it has to say (`minio.log`)
  static MinioProcess start(Path binary, Path folder) throws IOException, InterruptedException {
    String user = "bench";
    String password = UUID.randomUUID().toString();
    int port = freePort();
    var builder =
        new ProcessBuilder(
                binary.toString(),
                "server",
                "--quiet",
                "--address",
                "127.0.0.1:" + port,
                folder.resolve("minio").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("minio.log").toFile());
    builder.environment().put("MINIO_ROOT_USER", user);
    builder.environment().put("MINIO_ROOT_PASSWORD", password);
    System.setProperty("aws.accessKeyId", user);
    System.setProperty("aws.secretAccessKey", password);
    var minio =
        new MinioProcess(builder.start(), URI.create("http://127.0.0.1:%d".formatted(port)));
    try {
      minio.makeBucket();
      return minio;
    } catch (RuntimeException | InterruptedException e) {
      minio.close();
      throw e;
    }
  }

  URI endpoint() {
    return endpoint;
  }

  private void makeBucket() throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .build()) {
      while (true) {
        try {
          s3.createBucket(request -> request.bucket(BUCKET));
          return;
        } catch (SdkClientException e) {
          // Nobody listens yet.
          if (!process.isAlive() || Instant.now().isAfter(end)) {
            throw e;
          }
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
