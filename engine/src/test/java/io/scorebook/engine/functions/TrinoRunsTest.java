package io.scorebook.engine.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.trino.TrinoEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The cases of `functions.txt` on a Trino in process, where its libraries are given: the same
/// values and failures as on every engine, or refused by name before anything runs.
final class TrinoRunsTest {
  @Test
  void meansTheSameOnTrino() throws Exception {
    Optional<TrinoInProcess> started = TrinoInProcess.start();
    assumeTrue(started.isPresent(), "no libraries of Trino are given by scorebook.trino.libs");
    try (TrinoInProcess trino = started.get()) {
      var differences = new ArrayList<String>();
      int run = 0;
      for (Function function : Function.read("functions.txt")) {
        for (Function.Case each : function.cases()) {
          String found = find(trino, each);
          run += found.isEmpty() ? 0 : 1;
          if (!found.isEmpty() && !agrees(each, found)) {
            differences.add(
                "@@ %s%n   expected %s%n   found    %s"
                    .formatted(each.expression(), each.expected(), found));
          }
        }
      }
      assertThat(differences).as("of %d cases", run).isEmpty();
      assertThat(run).isGreaterThan(300);
    }
  }

  private static boolean agrees(Function.Case each, String found) {
    // In what words Trino fails is its own.
    return each.end().isEmpty() ? found.equals(each.expected()) : found.startsWith("ERROR");
  }

  /// What Trino gives; empty where it is not asked.
  private static String find(TrinoInProcess trino, Function.Case each)
      throws ReflectiveOperationException {
    if (each.expression().toUpperCase(Locale.ROOT).contains("APPROX_COUNT")) {
      return ""; // a sketch of its own
    }
    var values = new ArrayList<String>();
    try {
      for (Conformance.Asked asked : Conformance.plans(each.expression())) {
        String sql =
            new TrinoEngine()
                .text(asked.plan())
                .replace("FROM \"test\".\"t\"", "FROM " + SmallTable.forTrino());
        List<?> column = trino.column(sql, asked.column());
        column.forEach(value -> values.add(Values.write(value)));
      }
    } catch (EngineException refused) {
      return "";
    } catch (IllegalStateException failed) {
      return "ERROR " + failed.getMessage();
    }
    return values.isEmpty() ? "" : Conformance.written(each.expression(), values);
  }
}
