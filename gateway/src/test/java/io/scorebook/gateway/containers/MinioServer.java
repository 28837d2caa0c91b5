package io.scorebook.gateway.containers;

import io.scorebook.catalog.store.WarehouseSettings;
import java.net.URI;
import java.nio.file.Path;
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
final class MinioServer implements AutoCloseable {
  static final String BUCKET = "lake";

  private static final DockerImageName IMAGE =
      DockerImageName.parse("scorebook/minio:pinned").asCompatibleSubstituteFor("minio/minio");
  static final String USER = "scorebook";
  static final String PASSWORD = "a-password-of-tests";
  private static final int PORT = 9000;

  private final MinIOContainer container;
  private final String scheme;

  MinioServer() {
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
    container.withUserName(USER).withPassword(PASSWORD).withImagePullPolicy(image -> false);
    certificate.ifPresent(made -> {
      container.withCopyToContainer(
          Transferable.of(made.certificate()), "/tmp/.minio/certs/public.crt");
      container.withCopyToContainer(Transferable.of(made.key()), "/tmp/.minio/certs/private.key");
    });
  }

  /// Starts the server, makes the bucket, and gives the keys to the AWS chain of this process.
  MinioServer start() {
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

  URI endpoint() {
    return URI.create(
        "%s://%s:%d".formatted(scheme, container.getHost(), container.getMappedPort(PORT)));
  }

  WarehouseSettings settings(Path home) {
    return new WarehouseSettings(
        home,
        Optional.of(endpoint()),
        Optional.of(BUCKET),
        Optional.empty(),
        true,
        Optional.empty());
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    container.stop();
  }
}
