package io.scorebook.gateway.callers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One OpenID Connect issuer whose tokens open the doors. Safe to share.
///
/// Keys come from the configured place alone: what a token's header says of keys (`jku`, `x5u`,
/// `jwk`, `x5c`) is not looked at. Only signatures by asymmetric keys count, of the algorithms that
/// the settings list.
public final class Issuer {
  private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
  private final IssuerSettings settings;
  private final IssuerKeys keys;
  private final DefaultJWTProcessor<SecurityContext> processor;

  private Issuer(IssuerSettings settings, IssuerKeys keys, InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.processor = processor(settings, keys, clock);
  }

  /// Its keys are fetched from now on.
  public static Issuer of(IssuerSettings settings) {
    return of(settings, InstantSource.system());
  }

  static Issuer of(IssuerSettings settings, InstantSource clock) {
    IssuerKeys keys =
        settings
            .jwks()
            .map(address -> IssuerKeys.at(address, settings.name(), clock))
            .orElseGet(() -> IssuerKeys.discovered(settings.issuer(), settings.name(), clock));
    return of(settings, keys, clock);
  }

  static Issuer of(IssuerSettings settings, IssuerKeys keys, InstantSource clock) {
    return new Issuer(settings, keys, clock);
  }

  private static DefaultJWTProcessor<SecurityContext> processor(
      IssuerSettings settings, IssuerKeys keys, InstantSource clock) {
    JWKSource<SecurityContext> known = (selector, _) -> selector.select(keys.known());
    Set<JWSAlgorithm> algorithms =
        settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, known));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
    return processor;
  }

  /// Issuer, audience and times.
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    Claims(IssuerSettings settings, InstantSource clock) {
      super(
          settings.audiences(),
          new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
          Set.of("exp", "aud", "iss"),
          Set.of());
      this.clock = clock;
      setMaxClockSkew((int) settings.leeway().toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
        throws BadJWTException {
      super.verify(claims, context);
    }
  }

  /// Who has this token of the issuer; empty for any other text, whose reason the log has. It is
  /// known at once, but for a token whose key is to be fetched first.
  ///
  /// Fails with a [ProblemException] where the token says that it is of this issuer, and no key of
  /// it is known.
  CompletionStage<Optional<Admitted>> admit(String text, InstantSource clock) {
    SignedJWT token;
    try {
      token = SignedJWT.parse(text);
      if (!settings.issuer().equals(token.getJWTClaimsSet().getIssuer())) {
        return CompletableFuture.completedStage(Optional.empty());
      }
    } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
      return CompletableFuture.completedStage(Optional.empty()); // some other secret, or none
    }
    return keys.find(token.getHeader().getKeyID())
        .thenApply(found -> {
          if (found.isEmpty()) {
            throw new ProblemException(
                ErrorCode.ISSUER_UNAVAILABLE,
                "Cannot tell whether the token is good: the keys of its issuer '%s' cannot be had"
                        .formatted(settings.name())
                    + " at the moment");
          }
          return verified(token, clock);
        });
  }

  private Optional<Admitted> verified(SignedJWT token, InstantSource clock) {
    try {
      return admit(processor.process(token, null), clock);
    } catch (BadJOSEException
        | JOSEException
        | IllegalArgumentException
        | IllegalStateException e) {
      LOG.info("Refuses a token of the issuer '{}': {}", settings.name(), e.toString());
      return Optional.empty();
    }
  }

  private Optional<Admitted> admit(JWTClaimsSet claims, InstantSource clock) {
    Instant until = claims.getExpirationTime().toInstant().plus(settings.leeway());
    return settings
        .claims()
        .caller(settings.name(), claims.getClaims())
        .map(caller ->
            new Admitted(
                caller,
                settings.claims().purposes(claims.getClaims()),
                () -> clock.instant().isBefore(until)));
  }
}
