package io.scorebook.gateway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls of one connection that overtake each other.
final class OpenStatementTest {
  private final FakeBackend backend = FakeBackend.ofSampleDomain();
  private final Desk desk = new Desk(backend, Desk.Allowance.DEFAULT);
  private final Session session = Session.of(desk, Caller.local());

  OpenStatementTest() {
    backend.answering((_, _) -> backend.generated(FakeBackend.NUMBERS, Arrays::asList));
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(backend.open).hasValue(0);
    assertThat(desk.open()).isZero();
    desk.close();
  }

  /// One who found it before it was closed runs it after: nobody would close its answer.
  @Test
  void whatIsClosedRunsNothing() {
    var statement = new OpenStatement(session, Optional.empty());
    statement.run("SELECT 1", -1, 10);
    assertThat(desk.open()).isEqualTo(1);
    statement.close();
    assertThat(desk.open()).isZero();
    assertThatThrownBy(() -> statement.run("SELECT 1", -1, 10))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("was closed");
  }

  @Test
  void aConnectionThatIsClosedKeepsNothing() {
    var connection = new OpenConnection(session);
    var before = new OpenStatement(session, Optional.empty());
    connection.keep(1, before);
    connection.close();
    var after = new OpenStatement(session, Optional.empty());
    for (OpenStatement each : List.of(before, after)) {
      if (each == after) {
        assertThatThrownBy(() -> connection.keep(2, after)).hasMessageContaining("was closed");
      }
      assertThatThrownBy(() -> each.run("SELECT 1", -1, 10)).hasMessageContaining("was closed");
    }
    assertThat(connection.statements()).isEmpty();
  }

  @Test
  void thereAreNoMoreStatementsThanAllowed() {
    var connection = new OpenConnection(session);
    for (int i = 0; i < 1000; i++) {
      connection.keep(i, new OpenStatement(session, Optional.empty()));
    }
    assertThatThrownBy(() -> connection.keep(1000, new OpenStatement(session, Optional.empty())))
        .hasMessageContaining("more than 1000 statements");
    connection.close();
  }
}
