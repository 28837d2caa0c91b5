package io.scorebook.gateway.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Caller ANN =
      new Caller("ann", Set.of("readers"), Map.of(), Optional.empty());

  private Instant now = NOON;
  private final Tickets tickets = new Tickets(Seal.of("one"), () -> now);

  private static ErrorCode refused(Tickets by, ByteString ticket, Caller caller) {
    return catchThrowableOfType(ProblemException.class, () -> by.open(ticket, caller))
        .problem()
        .code();
  }

  @Test
  void isGoodForAnHour() {
    Tickets.Answer answer = tickets.issue("SELECT 1", List.of());
    ByteString ticket = tickets.close(answer, ANN);
    now = NOON.plus(Tickets.GOOD_FOR);
    assertThat(tickets.open(ticket, ANN)).isEqualTo(answer);
    now = now.plusMillis(1);
    assertThat(refused(tickets, ticket, ANN)).isEqualTo(ErrorCode.ANSWER_LOST);
  }

  @Test
  void isOfNoUseToAnotherCallerOrAtAnotherGateway() {
    ByteString ticket = tickets.close(tickets.issue("SELECT 1", List.of()), ANN);
    var other = new Caller("ann", Set.of("readers", "owners"), Map.of(), Optional.empty());
    assertThat(refused(tickets, ticket, other)).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(refused(new Tickets(Seal.of("two"), () -> NOON), ticket, ANN))
        .isEqualTo(ErrorCode.FORBIDDEN);
  }
}
