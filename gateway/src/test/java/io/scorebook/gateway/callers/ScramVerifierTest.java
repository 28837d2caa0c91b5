package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.gateway.session.Token;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// The exchange that RFC 7677 prints, step by step.
final class ScramVerifierTest {
  private static final String EXCHANGE =
      "n=user,r=rOprNGfwEbeRWgbNEkqO,"
          + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
          + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final byte[] PROOF =
      Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");

  private final ScramVerifier verifier =
      ScramVerifier.of("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="));

  @Test
  void believesTheProofOfTheStandardAndSignsAsItDoes() {
    assertThat(verifier.proves(EXCHANGE, PROOF)).isTrue();
    assertThat(verifier.serverSignature(EXCHANGE))
        .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  @Test
  void believesNoOther() {
    byte[] other = PROOF.clone();
    other[0] ^= 1;
    assertThat(verifier.proves(EXCHANGE, other)).isFalse();
    assertThat(verifier.proves(EXCHANGE, new byte[0])).isFalse();
    assertThat(verifier.proves(EXCHANGE + "0", PROOF)).isFalse();
  }

  @Test
  void isReadBackAndShowsNothing() {
    assertThat(ScramVerifier.parse(verifier.text())).isEqualTo(verifier);
    assertThat(verifier.text()).startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$");
    assertThat(verifier.toString()).doesNotContain("W22Z");
  }

  /// Else who asks before and after a start would know which names have keys.
  @Test
  void whoIsNotKnownHasTheSameSaltAtEachGatewayOfAHome() {
    String salt = Doorkeeper.of(Token.of("a token")).nobody("ann").salt();
    assertThat(Doorkeeper.of(Token.of("a token")).nobody("ann").salt()).isEqualTo(salt);
    assertThat(Doorkeeper.of(Token.of("a token")).nobody("ben").salt()).isNotEqualTo(salt);
    assertThat(Doorkeeper.of(Token.of("another")).nobody("ann").salt()).isNotEqualTo(salt);
  }
}
