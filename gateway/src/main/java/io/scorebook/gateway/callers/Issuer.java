package io.scorebook.gateway.callers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
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
  private static final long KEYS_LIVE = Duration.ofMinutes(15).toMillis();
  private static final long KEYS_REFRESH = Duration.ofSeconds(10).toMillis();

  /// Tokens that name unknown keys make us ask for new ones no more often than this.
  private static final long KEYS_PAUSE = Duration.ofSeconds(30).toMillis();

  /// How long the last keys are good for while the issuer does not answer.
  private static final long KEYS_OUTAGE = Duration.ofHours(1).toMillis();

  private final IssuerSettings settings;
  private final DefaultJWTProcessor<SecurityContext> processor;

  private Issuer(IssuerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.processor = processor(settings, clock);
  }

  public static Issuer of(IssuerSettings settings) {
    return of(settings, InstantSource.system());
  }

  static Issuer of(IssuerSettings settings, InstantSource clock) {
    return new Issuer(settings, clock);
  }

  private static DefaultJWTProcessor<SecurityContext> processor(
      IssuerSettings settings, InstantSource clock) {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(settings.jwks(), new KeyDownload())
            .cache(KEYS_LIVE, KEYS_REFRESH)
            .refreshAheadCache(false)
            .rateLimited(KEYS_PAUSE)
            .outageTolerant(KEYS_OUTAGE)
            .build();
    Set<JWSAlgorithm> algorithms =
        settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
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

  /// Who has this token of the issuer; empty for any other text, whose reason the log has.
  Optional<Admitted> admit(String text, InstantSource clock) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      if (!settings.issuer().equals(token.getJWTClaimsSet().getIssuer())) {
        return Optional.empty();
      }
      return admit(processor.process(token, null), clock);
    } catch (ParseException _) {
      return Optional.empty(); // some other secret, or none
    } catch (BadJOSEException | JOSEException e) {
      LOG.info("Refuses a token of the issuer '{}': {}", settings.name(), e.getMessage());
      return Optional.empty();
    } catch (IllegalArgumentException | IllegalStateException e) {
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
