package io.scorebook.gateway.callers;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.session.LoginWitness;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.session.Witness;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Tells who somebody is by the secret that he shows. Safe to share.
///
/// Three kinds of secrets open the doors: the home's own token, the API keys of the home, and the
/// tokens (JWT) of issuers that the settings name. To all others the answer is the same.
public final class Doorkeeper {
  /// The user who logs in with the home's token.
  private static final String OWNER = "token";

  /// Longer than any token of an issuer that anybody uses.
  private static final int LONGEST = 16 * 1024;

  private final Token token;
  private final ApiKeys keys;
  private final List<Issuer> issuers;
  private final InstantSource clock;
  private final ScramVerifier owner;
  private final LoginWitness witness;

  private Doorkeeper(
      Token token, ApiKeys keys, List<Issuer> issuers, InstantSource clock, LoginWitness witness) {
    this.token = token;
    this.keys = keys;
    this.issuers = List.copyOf(issuers);
    this.clock = clock;
    this.owner = ScramVerifier.of(token.reveal());
    this.witness = witness;
  }

  /// Of a home, with its token and its keys.
  public static Doorkeeper of(Token token, Path home, List<Issuer> issuers) {
    return of(token, home, issuers, LoginWitness.NONE);
  }

  /// As above.
  ///
  /// @param witness sees the logins that are refused
  public static Doorkeeper of(Token token, Path home, List<Issuer> issuers, LoginWitness witness) {
    return new Doorkeeper(
        token, new ApiKeys(KeyFile.in(home)), issuers, InstantSource.system(), witness);
  }

  /// Who opens for one token alone.
  public static Doorkeeper of(Token token) {
    return of(token, Path.of("no-such-home"), List.of());
  }

  /// Who shows this; empty where it opens nothing. It may take some seconds, where the keys of an
  /// issuer must be fetched, and opens nothing where they cannot be had: for threads that may wait.
  public Optional<Admitted> admit(Credentials shown) {
    try {
      return find(shown).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException) {
        return Optional.empty(); // the log has the reason
      }
      throw e;
    }
  }

  /// Who shows this, as soon as that is known, which is at once but for tokens whose keys must be
  /// fetched first; no thread waits meanwhile. Empty where it opens nothing.
  ///
  /// Fails with a [ProblemException] where the keys of its issuer cannot be had.
  public CompletionStage<Optional<Admitted>> find(Credentials shown) {
    String secret = shown.secret();
    if (secret.isEmpty() || secret.length() > LONGEST) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    boolean owner = token.matches(secret) && shown.user().map(OWNER::equals).orElse(true);
    Optional<Admitted> byKey = byKey(ApiKey.hashOf(secret));
    if (owner) {
      return CompletableFuture.completedStage(
          Optional.of(new Admitted(Caller.token(), Set.of(), () -> true)));
    }
    return byKey.isPresent() ? CompletableFuture.completedStage(byKey) : byToken(secret);
  }

  /// To be told by a door that refuses somebody for what he shows.
  public void refused(Witness.Through door, Credentials shown) {
    String name =
        keys.find(ApiKey.hashOf(shown.secret())) // one that has expired
            .map(ApiKey::name)
            .or(() ->
                shown.user().filter(user -> user.equals(OWNER) || keys.named(user).isPresent()))
            .orElse(LoginWitness.NOBODY);
    witness.refused(door, name);
  }

  private CompletionStage<Optional<Admitted>> byToken(String secret) {
    CompletionStage<Optional<Admitted>> found = CompletableFuture.completedStage(Optional.empty());
    for (Issuer issuer : issuers) {
      found =
          found.thenCompose(before ->
              before.isPresent()
                  ? CompletableFuture.completedStage(before)
                  : issuer.admit(secret, clock));
    }
    return found;
  }

  private Optional<Admitted> byKey(String hash) {
    return keys.find(hash).filter(key -> key.isValidAt(clock.instant())).map(this::admitted);
  }

  private Admitted admitted(ApiKey key) {
    return new Admitted(
        key.caller(),
        key.purposes(),
        () ->
            keys.find(key.hash())
                .filter(now -> now.equals(key) && now.isValidAt(clock.instant()))
                .isPresent());
  }

  /// Somebody who can show by SCRAM that he has his secret.
  public record Known(ScramVerifier verifier, Admitted admitted) {}

  /// The owner of the home, or who has an API key of the name; empty where there is none, and for a
  /// key that was made before verifiers were kept.
  public Optional<Known> known(String user) {
    if (user.equals(OWNER)) {
      return Optional.of(new Known(owner, new Admitted(Caller.token(), Set.of(), () -> true)));
    }
    return keys.named(user)
        .filter(key -> key.isValidAt(clock.instant()))
        .flatMap(
            key -> key.scram().map(text -> new Known(ScramVerifier.parse(text), admitted(key))));
  }

  /// What one who is not known is asked to prove: the same each time, and never to be proven.
  public ScramVerifier nobody(String user) {
    return ScramVerifier.ofNobody(token.reveal(), user);
  }
}
