package io.scorebook.gateway.callers;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public keys of an issuer, fetched on a thread of their own: who asks for them never waits
/// for the network, but may be told when they are there. Safe to share.
///
/// There is one fetch at a time, and two in half a minute at most, whatever ids tokens name and
/// whether the issuer answers or not.
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /// Older ones are used only where newer ones cannot be had.
  private static final Duration LIVE = Duration.ofMinutes(15);

  /// Older ones are fetched anew while they are used.
  private static final Duration FRESH = Duration.ofMinutes(10);

  /// How long the last keys are good for beyond their time while the issuer does not answer.
  private static final Duration OUTAGE = Duration.ofHours(1);

  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int FETCHES = 2;

  /// Of a whole fetch, however slowly the issuer speaks.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Callable<JWKSet> source;
  private final Duration patience;
  private final InstantSource clock;
  private final Deque<Instant> fetches = new ArrayDeque<>();
  private volatile @Nullable Held held;
  private @Nullable CompletableFuture<JWKSet> fetching;
  private boolean hasFailed;

  private record Held(JWKSet keys, Instant since) {
    boolean has(@Nullable String id) {
      return id == null ? !keys.isEmpty() : keys.getKeyByKeyId(id) != null;
    }
  }

  /// @param name of the issuer, for the log
  /// @param source fetches the keys, and is interrupted where it takes too long
  /// @param patience how long it may take
  IssuerKeys(String name, Callable<JWKSet> source, Duration patience, InstantSource clock) {
    this.name = name;
    this.source = source;
    this.patience = patience;
    this.clock = clock;
  }

  /// Of an issuer's address, fetched from now on.
  static IssuerKeys at(URL address, String name, InstantSource clock) {
    return at(address, name, PATIENCE, clock);
  }

  static IssuerKeys at(URL address, String name, Duration patience, InstantSource clock) {
    var source = new URLBasedJWKSetSource<SecurityContext>(address, new KeyDownload());
    var noRefresh = JWKSetCacheRefreshEvaluator.noRefresh();
    return begun(
        new IssuerKeys(
            name,
            () -> source.getJWKSet(noRefresh, System.currentTimeMillis(), null),
            patience,
            clock));
  }

  /// Of where the issuer's configuration says, fetched from now on.
  static IssuerKeys discovered(String issuer, String name, InstantSource clock) {
    return begun(new IssuerKeys(name, new Discovery(issuer)::fetch, PATIENCE, clock));
  }

  private static IssuerKeys begun(IssuerKeys keys) {
    keys.find(null);
    return keys;
  }

  /// The keys as they are known; without any where none are.
  JWKSet known() {
    Held now = held;
    return now == null ? new JWKSet() : now.keys();
  }

  /// The keys, once it is known whether one of the id is among them. Empty where none can be had.
  ///
  /// @param id null for any
  synchronized CompletionStage<Optional<JWKSet>> find(@Nullable String id) {
    Instant now = clock.instant();
    Held have = held;
    if (have != null && have.since().plus(LIVE).plus(OUTAGE).isBefore(now)) {
      have = null;
      held = null;
    }
    if (have != null && have.has(id)) {
      boolean isOld = have.since().plus(LIVE).isBefore(now);
      if (have.since().plus(FRESH).isBefore(now)) {
        fetch(now);
      }
      if (!isOld || hasFailed) {
        return CompletableFuture.completedStage(Optional.of(have.keys()));
      }
    }
    CompletableFuture<JWKSet> awaited = fetch(now);
    return awaited == null
        ? CompletableFuture.completedStage(Optional.ofNullable(held).map(Held::keys))
        : awaited.handle((_, _) -> Optional.ofNullable(held).map(Held::keys));
  }

  /// The fetch that is under way, else a new one; null where it is too soon for one.
  private @Nullable CompletableFuture<JWKSet> fetch(Instant now) {
    if (fetching != null) {
      return fetching;
    }
    if (fetches.size() == FETCHES) {
      if (fetches.getFirst().plus(PAUSE).isAfter(now)) {
        return null;
      }
      fetches.removeFirst();
    }
    fetches.addLast(now);
    var fetch = new CompletableFuture<JWKSet>();
    Thread thread =
        Thread.ofVirtual()
            .name("keys of " + name)
            .unstarted(() -> {
              try {
                fetch.complete(source.call());
              } catch (Exception e) {
                fetch.completeExceptionally(e);
              }
            });
    CompletableFuture<JWKSet> ended =
        fetch
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((keys, failure) -> ended(now, keys, failure, thread));
    fetching = ended;
    thread.start();
    return ended;
  }

  private void ended(
      Instant begun, @Nullable JWKSet keys, @Nullable Throwable failure, Thread thread) {
    synchronized (this) {
      fetching = null;
      hasFailed = keys == null;
      if (keys != null) {
        held = new Held(keys, begun);
      }
    }
    if (failure != null) {
      LOG.warn("Cannot fetch the keys of the issuer '{}': {}", name, failure.toString());
      thread.interrupt(); // where it waits still, which closes its connection
    }
  }
}
