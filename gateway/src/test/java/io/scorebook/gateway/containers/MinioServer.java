package io.scorebook.gateway.containers;

import io.scorebook.catalog.store.WarehouseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// MinIO in a container with an empty bucket. Its image is made by `deploy/minio/build`: nobody
/// publishes one to pull.
final class MinioServer implements AutoCloseable {
  static final String BUCKET = "lake";

  private static final DockerImageName IMAGE =
      DockerImageName.parse("scorebook/minio:pinned").asCompatibleSubstituteFor("minio/minio");
  private static final String USER = "scorebook";
  private static final String PASSWORD = "a-password-of-tests";

  private final MinIOContainer container =
      new MinIOContainer(IMAGE)
          .withUserName(USER)
          .withPassword(PASSWORD)
          .withImagePullPolicy(image -> false);

  /// Starts the server, makes the bucket, and gives the keys to the AWS chain of this process.
  MinioServer start() {
    container.start();
    System.setProperty("aws.accessKeyId", USER);
    System.setProperty("aws.secretAccessKey", PASSWORD);
    try (S3Client s3 = client()) {
      s3.createBucket(request -> request.bucket(BUCKET));
    }
    return this;
  }

  URI endpoint() {
    return URI.create(container.getS3URL());
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

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClientBuilder(ApacheHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, PASSWORD)))
        .build();
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    container.stop();
  }
}
