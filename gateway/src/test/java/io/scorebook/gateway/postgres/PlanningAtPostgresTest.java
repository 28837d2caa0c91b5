package io.scorebook.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Batches;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.answer.Rows;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Token;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What comes between a question and its first row: a cancel, a failure, columns that turn out to
/// be others.
@Timeout(60)
final class PlanningAtPostgresTest {
  private static final String SQL = "SELECT wins FROM basketball.team_games";

  private final FakeBackend backend = FakeBackend.ofSampleDomain();
  private final Desk desk = new Desk(backend, Desk.Allowance.DEFAULT);

  @SuppressWarnings("NullAway.Init") // set before each test
  private PostgresDoor door;

  @BeforeEach
  void open() throws Exception {
    door =
        PostgresDoor.open(
            desk,
            Doorkeeper.of(Token.of("secret")),
            new PostgresDoor.Options("127.0.0.1", 0, 10, Optional.empty()));
    // As engines do: one who has cancelled gets nothing.
    backend.answering((_, limits) -> {
      if (limits.cancellation().isCancelled()) {
        throw cancelled();
      }
      return backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(7L)));
    });
  }

  private static EngineException cancelled() {
    return new EngineException(EngineException.Kind.CANCELLED, "Cannot go on: cancelled", null);
  }

  @AfterEach
  void close() {
    assertThat(backend.open).hasValue(0);
    assertThat(desk.open()).isZero();
    desk.close();
    door.close();
  }

  private Connection connect(String mode) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/any?user=token&password=secret&preferQueryMode=%s"
            .formatted(door.port(), mode));
  }

  private static void asksOn(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(SQL)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(7);
    }
  }

  private static SQLException refused(Statement statement) {
    return catchThrowableOfType(SQLException.class, () -> statement.executeQuery(SQL));
  }

  /// The cancel comes while nothing runs that it could end: what would run next does not.
  @Test
  void aCancelIsNotLostWhileAStatementIsPlanned() throws Exception {
    for (int round = 0; round < 3; round++) {
      var planning = new CountDownLatch(1);
      var cancelled = new CountDownLatch(1);
      backend.planning(() -> {
        planning.countDown();
        await().until(() -> cancelled.getCount() == 0);
      });
      backend.asked.clear();
      try (Connection connection = connect("extended");
          Statement statement = connection.createStatement()) {
        var asking = CompletableFuture.supplyAsync(() -> refused(statement));
        planning.await();
        assertThat(backend.asked).as("it is described, and does not run yet").isEmpty();
        statement.cancel(); // comes back when the gateway has it
        cancelled.countDown();
        assertThat(asking.get().getSQLState()).isEqualTo("57014");
        backend.planning(() -> {});
        asksOn(statement); // and no later one
      }
    }
  }

  @Test
  void aCancelIsNotLostWhileAQuestionIsPlanned() throws Exception {
    for (String mode : List.of("simple", "extended")) {
      var planning = new CountDownLatch(1);
      backend.answering((_, limits) -> {
        planning.countDown();
        await().until(() -> limits.cancellation().isCancelled());
        throw cancelled();
      });
      try (Connection connection = connect(mode);
          Statement statement = connection.createStatement()) {
        var asking = CompletableFuture.supplyAsync(() -> refused(statement));
        planning.await();
        statement.cancel();
        assertThat(asking.get().getSQLState()).as(mode).isEqualTo("57014");
        backend.answering((_, _) -> backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(7L))));
        asksOn(statement);
      }
    }
  }

  /// Rows that are answered, and fail before their first batch.
  @Test
  void anAnswerThatFailsBeforeItsFirstBatchIsClosed() throws Exception {
    backend.answering((_, _) -> {
      var answered =
          (Outcome.Answered) backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(7L)));
      Answer answer = answered.answer();
      return new Outcome.Answered(
          new Answer(
              answer.columns(), answer.types(), answer.provenance(), failing(answer.rows())));
    });
    try (Connection connection = connect("simple");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        assertThat(refused(statement).getSQLState()).isEqualTo("57014");
      }
      assertThat(desk.open()).isZero();
    }
  }

  private static Rows failing(Rows rows) {
    return new Rows() {
      @Override
      public boolean next() {
        return rows.next();
      }

      @Override
      public @Nullable Object value(int column) {
        return rows.value(column);
      }

      @Override
      public Batches batches(Schema schema, BufferAllocator allocator) {
        throw cancelled();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  /// As where a product is published anew between the description and the answer.
  @Test
  void columnsThatAreNotWhatWasToldAreRefused() throws Exception {
    backend.answering((_, _) ->
        backend.rows(
            List.of(FakeBackend.column("wins", OutputType.DOUBLE, Role.VALUE)),
            List.of(Arrays.asList(7.5))));
    try (Connection connection = connect("extended");
        Statement statement = connection.createStatement()) {
      SQLException changed = refused(statement);
      assertThat(changed.getSQLState()).isEqualTo("0A000");
      assertThat(changed.getMessage()).contains("prepare it again");
    }
    try (Connection connection = connect("simple");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getDouble(1)).as("nothing was told before").isEqualTo(7.5);
    }
  }
}
