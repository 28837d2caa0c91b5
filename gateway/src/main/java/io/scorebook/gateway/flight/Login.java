package io.scorebook.gateway.flight;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.callers.Credentials;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.StatementTime;
import io.scorebook.gateway.session.Witness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;

/// Lets a call in by its header `authorization`: `Bearer` with a token, an API key or the token of
/// an issuer; or `Basic`, whose password is one of these, and which is answered by a bearer for the
/// calls that follow. That bearer holds what was shown, closed: it ends when the key does.
final class Login implements FlightServerMiddleware.Factory<Login.Session> {
  static final FlightServerMiddleware.Key<Session> KEY =
      FlightServerMiddleware.Key.of("scorebook.login");

  private static final String AUTHORIZATION = "authorization";

  /// What the answers are for; a driver's property becomes a header of its name.
  private static final List<String> PURPOSE = List.of("scorebook-purpose", "purpose");

  private static final List<String> TIME =
      List.of("scorebook-statement-timeout", StatementTime.SETTING);

  /// What the bearers begin with that were given here.
  private static final String OURS = "flight.";

  private static final String SEALED_FOR = "flight bearer";

  private final Doorkeeper doorkeeper;
  private final Seal seal;

  Login(Doorkeeper doorkeeper, Seal seal) {
    this.doorkeeper = doorkeeper;
    this.seal = seal;
  }

  /// One call, by somebody who is known.
  ///
  /// @param bearer that he is given
  /// @param time that an answer may take, where the call says so
  record Session(Caller caller, Optional<String> bearer, Optional<Duration> time)
      implements FlightServerMiddleware {

    @Override
    public void onBeforeSendingHeaders(CallHeaders outgoing) {
      bearer.ifPresent(given -> outgoing.insert(AUTHORIZATION, "Bearer " + given));
    }

    @Override
    public void onCallCompleted(CallStatus status) {
      // nothing is kept of a call
    }

    @Override
    public void onCallErrored(Throwable failure) {
      // told where it happened
    }
  }

  @Override
  public Session onCallStarted(CallInfo info, CallHeaders headers, RequestContext context) {
    PrivateOnly.require();
    String header = headers.get(AUTHORIZATION);
    if (header == null) {
      throw Refusals.of(
          ErrorCode.UNAUTHORIZED,
          "Cannot answer without a token; send the header 'authorization: Bearer TOKEN', or log in"
              + " with a user and a password");
    }
    Optional<Credentials> shown = Credentials.ofHeader(header);
    Optional<Admitted> admitted = shown.map(this::opened).flatMap(doorkeeper::admit);
    if (admitted.isEmpty()) {
      doorkeeper.refused(
          Witness.Through.FLIGHT,
          shown.map(this::opened).orElseGet(() -> new Credentials(Optional.empty(), "")));
      throw Refusals.of(
          ErrorCode.UNAUTHORIZED,
          "Cannot accept the token or key: it is unknown, expired or not meant for this gateway");
    }
    try {
      Caller caller = admitted.get().asking(header(headers, PURPOSE));
      boolean basic = header.toLowerCase(Locale.ROOT).startsWith("basic");
      return new Session(
          caller,
          basic ? shown.map(this::bearer) : Optional.empty(),
          header(headers, TIME).flatMap(StatementTime::read));
    } catch (ProblemException e) {
      throw Refusals.of(e.problem());
    }
  }

  private static Optional<String> header(CallHeaders headers, List<String> names) {
    return names.stream()
        .flatMap(name -> Optional.ofNullable(headers.get(name)).stream())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private String bearer(Credentials shown) {
    String pair = shown.user().orElse("") + ":" + shown.secret();
    return OURS + seal.close(pair.getBytes(StandardCharsets.UTF_8), SEALED_FOR);
  }

  /// What a bearer of ours stands for; all else stands for itself.
  private Credentials opened(Credentials shown) {
    if (shown.user().isPresent() || !shown.secret().startsWith(OURS)) {
      return shown;
    }
    return unsealed(shown.secret().substring(OURS.length())).orElse(shown);
  }

  private Optional<Credentials> unsealed(String closed) {
    return seal.open(closed, SEALED_FOR)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .map(pair -> {
          int colon = pair.indexOf(':');
          return new Credentials(Optional.of(pair.substring(0, colon)), pair.substring(colon + 1));
        });
  }
}
