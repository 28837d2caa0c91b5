package io.scorebook.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.gateway.faults.Tried.Case;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the store does at whatever call: a load is published whole or not at all, an answer is
/// right or refused, nothing hangs, and the next try works.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultsContract {
  /// Longer than the client tries a call, and than all pauses between its tries.
  private static final Duration MOST = Duration.ofSeconds(25);

  private final long seed = Long.getLong("scorebook.seed", new Random().nextLong());

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FaultProxy proxy;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Lake lake;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Tried tried;

  /// Starts a store with the bucket [Lake#BUCKET] and gives its keys to the AWS chain.
  protected abstract URI start(Path folder) throws Exception;

  /// The store's name in the guide.
  protected abstract String store();

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    URI store = start(folder);
    proxy = new FaultProxy(store);
    lake = new Lake(folder, store, proxy.endpoint());
    Path guide = Path.of(System.getProperty("scorebook.root", "..")).resolve("docs/faults.md");
    tried = new Tried(guide, store());
    System.out.printf("seed of the faults on %s: %d%n", store(), seed);
  }

  @AfterAll
  void close() throws IOException {
    lake.close();
    proxy.close();
    if (Boolean.getBoolean("scorebook.docs")) {
      tried.write();
    } else if (tried.isInGuide()) {
      assertThat(tried.disagreements()).as("unlike docs/faults.md, seed %d", seed).isEmpty();
    } else {
      System.out.printf("docs/faults.md has no table of %s; seen:%n", store());
      tried.disagreements().forEach(System.out::println);
    }
  }

  @Test
  void aLoadIsPublishedWholeOrNotAtAll() {
    List<Call> calls =
        List.of(Call.GET_DATA, Call.GET_METADATA, Call.HEAD, Call.PUT_DATA, Call.PUT_METADATA);
    tryAll("load", calls, _ -> lake.load());
  }

  @Test
  void anAnswerIsRightOrRefused() {
    tryAll("query", List.of(Call.GET_DATA, Call.GET_KEPT, Call.GET_METADATA), _ -> lake.ask());
  }

  @Test
  void aLargeObjectIsWrittenWholeOrNotAtAll() {
    tryAll(
        "large file", List.of(Call.START_PARTS, Call.PUT_PART, Call.END_PARTS), _ -> lake.write());
  }

  @Test
  void upkeepRemovesWhatIsLeftAndNothingElse() {
    tryAll("upkeep", List.of(Call.LIST, Call.DELETE, Call.GET_METADATA), _ -> lake.upkeep());
  }

  /// Something to do through the proxy while it does harm, and again when it does not.
  interface Attempt {
    /// @return what became of it in a word
    String underFault();

    /// Does it again where it was refused, and looks at what is there.
    void afterwards(String outcome);
  }

  private void tryAll(String doing, List<Call> calls, Function<Case, Attempt> attempts) {
    for (Case each : Cases.of(doing, calls, seed)) {
      Attempt attempt = attempts.apply(each);
      proxy.harm(each.call(), each.fault(), each.once() ? 1 : Integer.MAX_VALUE);
      long began = System.nanoTime();
      String outcome;
      int harmed;
      try {
        outcome = attempt.underFault();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("%s, seed %d".formatted(each, seed), e);
      } finally {
        harmed = proxy.heal();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertThat(harmed).as("%s: calls harmed", each).isPositive();
      assertThat(took).as("%s: took, seed %d", each, seed).isLessThan(MOST);
      try {
        attempt.afterwards(outcome);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("after %s was %s, seed %d".formatted(each, outcome, seed), e);
      }
      tried.add(each, outcome);
    }
  }
}
