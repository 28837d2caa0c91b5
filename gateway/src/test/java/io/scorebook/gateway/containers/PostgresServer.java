package io.scorebook.gateway.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// PostgreSQL in a container with an empty database. Its image is made by `deploy/build`.
final class PostgresServer implements AutoCloseable {
  private static final DockerImageName IMAGE =
      DockerImageName.parse("scorebook/postgres:local").asCompatibleSubstituteFor("postgres");
  private static final String USER = "scorebook";
  private static final String PASSWORD = "a-password+of&tests";

  private final PostgreSQLContainer container =
      new PostgreSQLContainer(IMAGE)
          .withUsername(USER)
          .withPassword(PASSWORD)
          .withDatabaseName("scorebook")
          .withImagePullPolicy(image -> false);

  PostgresServer() {
    // The image's own start is the server itself: it takes no further arguments.
    container.setCommand(new String[0]);
    container.waitingFor(Wait.forHealthcheck());
  }

  /// Skips the tests where there is no image.
  void start() {
    boolean there =
        DockerClientFactory.instance().client().listImagesCmd().exec().stream()
            .map(image -> image.getRepoTags())
            .anyMatch(tags -> tags != null && List.of(tags).contains(IMAGE.toString()));
    assumeTrue(there, "Cannot find the image " + IMAGE + "; deploy/build postgres makes it");
    container.start();
  }

  /// As `--catalog-uri` takes it, with the password.
  String uri() {
    return "jdbc:postgresql://%s:%d/scorebook?user=%s&password=%s"
        .formatted(
            container.getHost(),
            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
            USER,
            URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    container.stop();
  }
}
