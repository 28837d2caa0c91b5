package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When the keys of an issuer are fetched, and who waits for it.
class IssuerKeysTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicReference<@Nullable JWKSet> told = new AtomicReference<>();
  private final JWK one = LocalIssuer.ONE;

  private JWKSet fetch() throws IOException {
    fetches.incrementAndGet();
    JWKSet keys = told.get();
    if (keys == null) {
      throw new IOException("the issuer does not answer");
    }
    return keys;
  }

  private IssuerKeys keys() {
    return new IssuerKeys("sso", this::fetch, LONG, now::get);
  }

  private static boolean has(IssuerKeys keys, String id) {
    return keys.find(id)
        .toCompletableFuture()
        .join()
        .filter(found -> found.getKeyByKeyId(id) != null)
        .isPresent();
  }

  private void later(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  @Test
  void aStoppedIssuerThrowsOutNobodyWhoseKeyIsKnown() {
    told.set(new JWKSet(one));
    IssuerKeys keys = keys();
    assertThat(has(keys, "one")).isTrue();
    told.set(null);
    for (int minutes = 0; minutes < 74; minutes++) {
      assertThat(has(keys, "one")).as("after %d minutes", minutes).isTrue();
      later(Duration.ofMinutes(1));
    }
    later(Duration.ofMinutes(2));
    assertThat(keys.find("one").toCompletableFuture().join()).isEmpty();
    // It is back.
    told.set(new JWKSet(one));
    later(Duration.ofMinutes(1));
    assertThat(has(keys, "one")).isTrue();
  }

  @Test
  void keysAreFetchedAnewWhileTheOldOnesAreUsed() throws Exception {
    told.set(new JWKSet(one));
    IssuerKeys keys = keys();
    assertThat(has(keys, "one")).isTrue();
    later(Duration.ofMinutes(9));
    assertThat(has(keys, "one")).isTrue();
    assertThat(fetches).hasValue(1);
    told.set(new JWKSet(LocalIssuer.ec("next")));
    later(Duration.ofMinutes(2));
    assertThat(has(keys, "one")).isTrue(); // and asks for new ones, of which it is not
    await().until(() -> !keys.known().getKeys().contains(one));
    assertThat(has(keys, "one")).isFalse();
    assertThat(has(keys, "next")).isTrue();
  }

  /// A key that was taken back is not used because nobody asked for a while.
  @Test
  void keysThatAreTooOldAreNotUsedUnasked() throws Exception {
    told.set(new JWKSet(one));
    IssuerKeys keys = keys();
    assertThat(has(keys, "one")).isTrue();
    told.set(new JWKSet(LocalIssuer.ec("next")));
    later(Duration.ofMinutes(16));
    assertThat(has(keys, "one")).isFalse();
  }

  @Test
  void madeUpIdsMakeNoMoreThanTwoFetchesInHalfAMinute() {
    told.set(new JWKSet(one));
    IssuerKeys keys = keys();
    for (int i = 0; i < 100; i++) {
      assertThat(has(keys, "made up " + i)).isFalse();
    }
    assertThat(fetches).hasValue(2);
    later(Duration.ofSeconds(31));
    for (int i = 0; i < 100; i++) {
      assertThat(has(keys, "made up " + i)).isFalse();
    }
    assertThat(fetches).hasValue(4);
  }

  @Test
  void manyWaitForOneFetchAndNoneOfThemBlocks() {
    var answer = new CountDownLatch(1);
    var keys =
        new IssuerKeys(
            "sso",
            () -> {
              fetches.incrementAndGet();
              answer.await();
              return new JWKSet(one);
            },
            LONG,
            now::get);
    CompletionStage<Optional<JWKSet>> first = keys.find("one");
    for (int i = 0; i < 40; i++) {
      assertThat(keys.find("one").toCompletableFuture()).isNotDone();
    }
    answer.countDown();
    assertThat(first.toCompletableFuture().join()).isPresent();
    assertThat(fetches).hasValue(1);
  }

  @Test
  void aFetchThatTakesTooLongIsEnded() {
    var interrupted = new AtomicBoolean();
    var keys =
        new IssuerKeys(
            "sso",
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
              }
              return new JWKSet(one);
            },
            Duration.ofMillis(50),
            now::get);
    assertThat(keys.find("one").toCompletableFuture().join()).isEmpty();
    await().untilTrue(interrupted);
  }
}
