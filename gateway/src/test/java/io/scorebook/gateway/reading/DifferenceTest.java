package io.scorebook.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is held while two states are compared, however large they are.
class DifferenceTest {
  private static final ColumnDescription NUMBER =
      new ColumnDescription("number", OutputType.INTEGER, Role.VALUE, false, Optional.empty());
  private static final PortQuery QUERY =
      new PortQuery(
          new TableDescription("s", "t", Optional.empty(), List.of(NUMBER)),
          List.of(NUMBER),
          List.of(),
          List.of(new PortQuery.Order(NUMBER, false)),
          true,
          true,
          OptionalLong.empty());

  private final FakeBackend backend = FakeBackend.ofSampleDomain();
  private final AtomicLong read = new AtomicLong();

  private OpenAnswer state(LongFunction<@Nullable List<Long>> rows) {
    var answered =
        (Outcome.Answered)
            backend.generated(
                FakeBackend.NUMBERS,
                i -> {
                  read.incrementAndGet();
                  return rows.apply(i);
                });
    return OpenAnswer.of(answered.answer(), new Cancellation());
  }

  /// Of each state no row is read before all that comes before it was told.
  @Test
  void rowsAreToldAsTheyAreRead() {
    long rows = 1_000_000;
    var difference =
        new Difference(
            state(i -> i < rows ? List.of(2 * i) : null),
            state(i -> i < rows ? List.of(2 * i + (i % 100 == 99 ? 1 : 0)) : null),
            QUERY,
            1);
    long told = 0;
    while (difference.next()) {
      long number = (Long) Objects.requireNonNull(difference.value(1));
      assertThat(difference.value(0))
          .isEqualTo(number % 2 == 0 ? Difference.DELETE : Difference.INSERT);
      assertThat(read.get()).isLessThanOrEqualTo(2 * (number / 2 + 2));
      told++;
    }
    assertThat(told).isEqualTo(2 * rows / 100);
    difference.close();
    assertThat(backend.open).hasValue(0);
  }

  /// Of rows that are equal, one is kept, with how often it is there.
  @Test
  void equalRowsCountAsOftenAsTheyAreThere() {
    long many = 1_000_000;
    var difference =
        new Difference(
            state(i -> i < 5 ? List.of(7L) : null),
            state(i -> i < many ? List.of(7L) : null),
            QUERY,
            1);
    long told = 0;
    while (difference.next()) {
      assertThat(difference.value(0)).isEqualTo(Difference.INSERT);
      assertThat(difference.value(1)).isEqualTo(7L);
      told++;
    }
    assertThat(told).isEqualTo(many - 5);
    difference.close();
  }
}
