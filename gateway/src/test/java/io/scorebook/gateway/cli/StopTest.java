package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.audit.AuditTable;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that is told to end, as an operator tells it.
@Timeout(180)
final class StopTest {
  @TempDir private static Path temp;

  /// What was asked last is in the audit's table when the process has ended, more than once: a
  /// later commit has manifests of earlier ones to look at.
  @Test
  void theAuditIsWhole() throws Exception {
    Path domain = SalesDomain.write(temp.resolve("domain"));
    Path home = temp.resolve("home");
    Instant begin = Instant.now();
    for (int round = 1; round <= 3; round++) {
      Path log = temp.resolve("gateway%d.log".formatted(round));
      try (var gateway = GatewayProcess.serve(home, domain, log);
          var client = HttpClient.newHttpClient()) {
        for (int i = 0; i < 3; i++) {
          var request =
              HttpRequest.newBuilder(gateway.http("/v1/sql"))
                  .header("Authorization", "Bearer " + gateway.token())
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"sql\": \"SELECT 1 AS one\"}"))
                  .build();
          assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
      }
      assertThat(Files.readString(log))
          .endsWith("Stopped.\n")
          .doesNotContain("Leaves", "Cannot", "Exception");
      var options = new HomeOptions();
      options.home = home;
      try (var backend = HomeBackend.open(options)) {
        assertThat(
                new AuditTable(backend.platform().warehouse())
                    .newest(begin, Optional.empty(), 1000).stream()
                        .filter(row -> row.text("question").contains("SELECT ? AS one")))
            .hasSize(3 * round);
      }
    }
    assertThat(home.resolve("gateway.json")).doesNotExist();
  }
}
