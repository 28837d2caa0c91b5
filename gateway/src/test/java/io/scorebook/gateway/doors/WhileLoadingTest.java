package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.gateway.cli.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sixteen clients at all doors at once, while loads commit: each answer is of one snapshot, right,
/// and none is older than the one before. Longer by `-Dscorebook.loading.seconds=300`.
@ExtendWith(OnStage.class)
@Timeout(900)
final class WhileLoadingTest {
  private static final int CLIENTS = 16;
  private static final int ROWS = 100;
  private static final long SECONDS = Long.getLong("scorebook.loading.seconds", 3);

  /// Reads the table twice in one question.
  private static final String ASKED =
      "WITH a AS (SELECT AGGREGATE(ticked) AS n FROM stage.ticks),"
          + " b AS (SELECT AGGREGATE(weighed) AS w FROM stage.ticks)"
          + " SELECT a.n, b.w FROM a CROSS JOIN b";

  /// What is weighed after so many loads.
  private final Map<Long, Long> weights = new HashMap<>();

  private void load(Stage stage, int number) {
    var csv = new StringBuilder("tick_id,weight\n");
    long sum = weights.getOrDefault((long) number * ROWS, 0L);
    for (int i = 0; i < ROWS; i++) {
      long id = (long) number * ROWS + i;
      csv.append(id).append(',').append(id * 3 + 1).append('\n');
      sum += id * 3 + 1;
    }
    weights.put((number + 1L) * ROWS, sum);
    stage.load("ticks", csv.toString());
  }

  @Test
  void eachAnswerIsOfOneSnapshot(Stage stage) throws Exception {
    load(stage, 0);
    var stop = new AtomicBoolean();
    var answers = new ArrayList<List<List<Long>>>();
    int loads = 1;
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<List<List<Long>>>>();
      List<TestedDoor> one = TestedDoor.all(stage);
      List<TestedDoor> other = TestedDoor.all(stage);
      assertThat(one)
          .as("each is a client, and no two share connections")
          .hasSizeBetween(CLIENTS / 2, CLIENTS);
      for (int i = 0; i < CLIENTS; i++) {
        List<TestedDoor> doors = i / one.size() % 2 == 0 ? one : other;
        running.add(clients.submit(client(doors.get(i % one.size()), stop)));
      }
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end) {
        load(stage, loads++);
      }
      stop.set(true);
      for (var each : running) {
        answers.add(each.get());
      }
      one.forEach(TestedDoor::close);
      other.forEach(TestedDoor::close);
    }
    assertThat(loads).isGreaterThan(1);
    for (List<List<Long>> told : answers) {
      assertThat(told).isNotEmpty();
      assertThat(told).allSatisfy(row -> assertThat(weights).containsEntry(row.get(0), row.get(1)));
      assertThat(told.stream().map(List::getFirst)).isSorted();
      // Asked after the last load.
      assertThat(told.getLast().getFirst()).isEqualTo((long) loads * ROWS);
    }
  }

  private static Callable<List<List<Long>>> client(TestedDoor door, AtomicBoolean stop) {
    return () -> {
      var told = new ArrayList<List<Long>>();
      boolean last;
      do {
        last = stop.get();
        Told answer = door.ask("ann", ASKED, List.of());
        assertThat(answer).as(door.toString()).isInstanceOf(Told.Rows.class);
        List<?> row = ((Told.Rows) answer).rows().getFirst();
        told.add(IntStream.range(0, 2).mapToObj(i -> (Long) row.get(i)).toList());
      } while (!last);
      return told;
    };
  }
}
