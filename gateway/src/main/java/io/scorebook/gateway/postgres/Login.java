package io.scorebook.gateway.postgres;

import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.callers.Credentials;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.callers.ScramVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who is there: SCRAM-SHA-256 for the home's token and API keys, in which the secret itself never
/// crosses the wire; a password in the clear for tokens of issuers, which no verifier is kept of.
final class Login {
  /// The user whose password is a token (JWT) of an issuer.
  private static final String BEARER = "jwt";

  private static final String MECHANISM = "SCRAM-SHA-256";
  private static final int NONCE_BYTES = 18;
  private static final Pattern FIRST =
      Pattern.compile("([ny]),(?:a=[^,]*)?,((?:n=[^,]*),r=([\\x21-\\x2b\\x2d-\\x7e]+)(?:,.*)?)");
  private static final Pattern LAST = Pattern.compile("(c=([^,]+),r=([^,]+)(?:,.*)?),p=([^,]+)");

  private final Doorkeeper doorkeeper;
  private final Inbound in;
  private final Outbound out;

  Login(Doorkeeper doorkeeper, Inbound in, Outbound out) {
    this.doorkeeper = doorkeeper;
    this.in = in;
    this.out = out;
  }

  /// @param isPrivate whether nobody listens between the client and here
  /// @return empty where he is not let in
  Optional<Admitted> admit(String user, boolean isPrivate) throws IOException {
    return user.equals(BEARER) && isPrivate ? byPassword(user) : byScram(user);
  }

  private byte[] secret() throws IOException {
    out.flush();
    if (in.nextOfUnknown() instanceof Inbound.Message.Secret(var bytes)) {
      return bytes;
    }
    throw new Inbound.Invalid("Invalid message: a password was asked for");
  }

  private Optional<Admitted> byPassword(String user) throws IOException {
    out.authenticationCleartext();
    var body = new Inbound.Body(ByteBuffer.wrap(secret()));
    String password = body.text();
    body.end();
    return doorkeeper.admit(new Credentials(Optional.of(user), password));
  }

  private Optional<Admitted> byScram(String user) throws IOException {
    out.authenticationSasl(MECHANISM);
    var initial = new Inbound.Body(ByteBuffer.wrap(secret()));
    String mechanism = initial.text();
    byte[] said = initial.value();
    initial.end();
    Matcher first = matched(FIRST, said == null ? new byte[0] : said);
    if (!mechanism.equals(MECHANISM)) {
      throw new Inbound.Invalid("Invalid mechanism: only %s is known".formatted(MECHANISM));
    }
    Optional<Doorkeeper.Known> known = doorkeeper.known(user);
    // To one who is not known the exchange is the same, up to its end.
    ScramVerifier verifier =
        known.map(Doorkeeper.Known::verifier).orElseGet(() -> doorkeeper.nobody(user));
    byte[] random = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(random);
    String nonce = first.group(3) + Base64.getEncoder().encodeToString(random);
    String challenge = "r=%s,s=%s,i=%d".formatted(nonce, verifier.salt(), verifier.iterations());
    out.authenticationSasl(false, challenge);

    Matcher last = matched(LAST, secret());
    String header = first.group().substring(0, first.start(2));
    String exchange = first.group(2) + "," + challenge + "," + last.group(1);
    boolean proven =
        last.group(3).equals(nonce)
            && Arrays.equals(decoded(last.group(2)), header.getBytes(StandardCharsets.UTF_8))
            && verifier.proves(exchange, decoded(last.group(4)));
    if (!proven || known.isEmpty()) {
      return Optional.empty();
    }
    out.authenticationSasl(true, "v=" + verifier.serverSignature(exchange));
    return known.map(Doorkeeper.Known::admitted);
  }

  private static Matcher matched(Pattern form, byte[] bytes) throws Inbound.Invalid {
    Matcher matcher = form.matcher(Inbound.utf8(ByteBuffer.wrap(bytes)));
    if (!matcher.matches()) {
      throw new Inbound.Invalid("Invalid message of SCRAM");
    }
    return matcher;
  }

  private static byte[] decoded(String base64) throws Inbound.Invalid {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new Inbound.Invalid("Invalid message of SCRAM");
    }
  }
}
