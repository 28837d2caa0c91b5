package io.scorebook.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scorebook.gateway.containers.MinioServer;
import io.scorebook.gateway.faults.FaultsContract.Attempt;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MinIO is killed in the middle of a load or of a query, and started again: whole or not at all,
/// right or refused, and the next try works.
@Tag("container")
class MinioKilledContainerTest {
  private static final int KILLS = Integer.getInteger("scorebook.kills", 3);
  private static final Duration MOST = Duration.ofSeconds(60);

  private final long seed = Long.getLong("scorebook.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void everythingIsWholeAndRightAfterwards(@TempDir Path folder) throws Exception {
    System.out.printf("seed of the kills: %d%n", seed);
    try (MinioServer minio = new MinioServer().start();
        Lake lake = new Lake(folder, minio.endpoint(), minio.endpoint())) {
      tryAll(minio, "load", lake::load);
      tryAll(minio, "query", lake::ask);
    }
  }

  private void tryAll(MinioServer minio, String doing, Supplier<Attempt> attempts)
      throws Exception {
    var outcomes = new TreeMap<String, Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int kill = 0; kill < KILLS; kill++) {
        Attempt attempt = attempts.get();
        Future<String> outcome = threads.submit(attempt::underFault);
        int life = random.nextInt(400);
        if (!isDoneWithin(outcome, life)) {
          // The dead server stays dead for a moment; the attempt may end meanwhile, or later.
          minio.killAndRestart(() -> isDoneWithin(outcome, random.nextInt(3000)));
        }
        String word = outcome.get(MOST.toSeconds(), TimeUnit.SECONDS);
        await().atMost(MOST).until(() -> isUp(minio.endpoint()));
        attempt.afterwards(word);
        outcomes.merge(word, 1, Integer::sum);
      }
    }
    System.out.printf("MinIO killed in the middle of a %s: %s%n", doing, outcomes);
    assertThat(outcomes).isNotEmpty();
  }

  private static boolean isDoneWithin(Future<String> outcome, int millis) {
    try {
      outcome.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isUp(URI endpoint) {
    try {
      var connection =
          (HttpURLConnection) endpoint.resolve("/minio/health/ready").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(1000);
      return connection.getResponseCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }
}
