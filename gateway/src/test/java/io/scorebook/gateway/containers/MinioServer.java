package io.scorebook.gateway.containers;

import com.github.dockerjava.api.DockerClient;
import io.scorebook.catalog.store.WarehouseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.containers.wait.strategy.HttpWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.AttributeMap;

/// MinIO in a container with an empty bucket. Its image is made by `deploy/minio/build`: nobody
/// publishes one to pull.
public final class MinioServer implements AutoCloseable {
  public static final String BUCKET = "lake";

  private static final DockerImageName IMAGE =
      DockerImageName.parse("scorebook/minio:pinned").asCompatibleSubstituteFor("minio/minio");
  static final String USER = "scorebook";
  static final String PASSWORD = "a-password-of-tests";
  private static final int PORT = 9000;

  private final MinIOContainer container;
  private final String scheme;

  public MinioServer() {
    this(Optional.empty());
  }

  /// @param certificate with one, the server speaks TLS
  MinioServer(Optional<ServerCertificate> certificate) {
    scheme = certificate.isPresent() ? "https" : "http";
    container =
        new MinIOContainer(IMAGE) {
          @Override
          public void configure() {
            super.configure();
            HttpWaitStrategy alive = Wait.forHttp("/minio/health/live").forPort(PORT);
            waitingFor(certificate.isPresent() ? alive.usingTls().allowInsecure() : alive);
          }
        };
    // A port that stays where the server is started again.
    container.setPortBindings(List.of("%d:%d".formatted(freePort(), PORT)));
    container.withUserName(USER).withPassword(PASSWORD).withImagePullPolicy(image -> false);
    certificate.ifPresent(made -> {
      container.withCopyToContainer(
          Transferable.of(made.certificate()), "/tmp/.minio/certs/public.crt");
      container.withCopyToContainer(Transferable.of(made.key()), "/tmp/.minio/certs/private.key");
    });
  }

  /// Starts the server, makes the bucket, and gives the keys to the AWS chain of this process.
  public MinioServer start() {
    container.start();
    System.setProperty("aws.accessKeyId", USER);
    System.setProperty("aws.secretAccessKey", PASSWORD);
    var trusting =
        AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();
    try (var http = ApacheHttpClient.builder().buildWithDefaults(trusting);
        S3Client s3 =
            S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClient(http)
                .build()) {
      s3.createBucket(request -> request.bucket(BUCKET));
    }
    return this;
  }

  public URI endpoint() {
    return URI.create(
        "%s://%s:%d".formatted(scheme, container.getHost(), container.getMappedPort(PORT)));
  }

  public WarehouseSettings settings(Path home) {
    return new WarehouseSettings(
        home,
        Optional.of(endpoint()),
        Optional.of(BUCKET),
        Optional.empty(),
        true,
        Optional.empty());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills the server as a failing machine would, and starts it again over the same data; the port
  /// stays, and answers nothing in between.
  public void killAndRestart(Runnable meanwhile) {
    DockerClient docker = container.getDockerClient();
    docker.killContainerCmd(container.getContainerId()).exec();
    try {
      meanwhile.run();
    } finally {
      docker.startContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    container.stop();
  }
}
