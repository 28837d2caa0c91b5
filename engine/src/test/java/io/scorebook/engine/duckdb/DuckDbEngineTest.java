package io.scorebook.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineContract;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.files.FileCache;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DuckDbEngineTest extends EngineContract {
  @Override
  protected Engine open(Path folder) {
    return new DuckDbEngine(
        new DuckDbSettings(500_000_000, 2, folder.resolve("spill"), 500_000_000),
        new FileCache(folder.resolve("it's a cache"), 1_000_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "overlay(name placing 'x' from 1);OVERLAY",
        "cast(ratio as varchar);cast of DOUBLE to VARCHAR",
        "cast(ratio as char(3));cast of DOUBLE to CHAR",
        "amount / 3.0;division",
        "ceil(played to month);CEIL",
        "initcap(name);INITCAP",
      })
  void refusesByNameWhatDuckDbMeansDifferently(String expression, String word) {
    EngineException e =
        catchThrowableOfType(
            EngineException.class, () -> ask("select %s from plays".formatted(expression)));
    assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(e).hasMessageStartingWith("Cannot run ").hasMessageContaining(word);
  }

  @Test
  void refusesAFolderThatDuckDbWouldTakeForAPattern(@TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new DuckDbEngine(
                new DuckDbSettings(100_000_000, 1, folder.resolve("spill"), 1),
                new FileCache(folder.resolve("cache [1]"), 1_000)))
        .withMessageContaining("choose a home");
  }

  @Test
  void saysThatMemoryIsNotEnough(@TempDir Path folder) {
    var small =
        new DuckDbEngine(
            new DuckDbSettings(20_000_000, 1, folder.resolve("spill"), 1),
            new FileCache(folder.resolve("cache"), 1_000_000_000));
    try (small) {
      EngineException e =
          catchThrowableOfType(
              EngineException.class,
              () -> {
                var plan =
                    plan(
                        "select count(*) from (select a.id, b.id from many a, many b"
                            + " group by a.id, b.id)");
                try (Rows rows = small.run(plan, tables(), Limits.of(Duration.ofSeconds(60)))) {
                  rows.next();
                }
              });
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.OUT_OF_MEMORY);
    }
  }

  @Test
  void spillsWhatDoesNotFitIntoMemory(@TempDir Path folder) {
    var small =
        new DuckDbEngine(
            new DuckDbSettings(60_000_000, 1, folder.resolve("spill"), 2_000_000_000),
            new FileCache(folder.resolve("cache"), 1_000_000_000));
    var plan =
        plan(
            "select id, bid from (select a.id, b.id as bid from many a, many b)"
                + " order by bid desc, id desc limit 1 offset 6000000");
    try (small;
        Rows rows = small.run(plan, tables(), Limits.of(Duration.ofSeconds(60)))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value(1)).isEqualTo(99L);
    }
  }
}
