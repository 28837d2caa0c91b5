package io.scorebook.engine.functions;

import java.util.List;
import java.util.function.ToIntFunction;

/// The functions as a page of the documentation.
final class FunctionTable {
  private static final String HEAD =
      """
      # Functions

      What may stand in the expressions of fields and metrics, and in SQL: the functions of Ossie's
      expression language `OSSIE_SQL_2026`, and some more. Each means the same on every engine; a
      name that is not here is refused by `check`, never sent and hoped for.

      This page is written by `FunctionsTest`, which runs the cases of `functions.txt` on each engine
      through a model, a question and a plan; it is written anew by
      `mvn test -pl engine -Dtest=FunctionsTest -Dscorebook.write=true`.

      - *Level* is what the standard says: REQUIRED, RECOMMENDED; `own` is what it has not.
      - A number in a column of an engine is how many cases hold there. Of Trino it is how many are
        written as its SQL: Trino's own parser reads them with each build, and `TrinoRunsTest` runs
        them on a Trino in process where its libraries are given (see CONTRIBUTING). Where there are
        fewer, Trino lacks something, which is refused by name.
      - A function of NULL is NULL, where nothing else is said. Where the standard is silent, the
        meaning is that of standard SQL, or PostgreSQL's.
      - What cannot be computed (an integer that overflows, the root of a negative number, a text
        that is no date) fails the question with the reason; no value stands for it.
      """;

  private FunctionTable() {}

  /// @param written how many cases of a function are written as Trino's SQL
  static String write(
      List<Function> functions, List<String> engines, ToIntFunction<Function> written) {
    var text = new StringBuilder(HEAD);
    String section = "";
    for (Function function : functions) {
      if (!function.section().equals(section)) {
        section = function.section();
        text.append("\n## ").append(section).append("\n\n| function | level | meaning |");
        engines.forEach(engine -> text.append(' ').append(engine).append(" |"));
        text.append(" trino |\n|---|---|---|");
        text.append("---|".repeat(engines.size() + 1)).append('\n');
      }
      text.append(
          "| `%s` | %s | %s |"
              .formatted(
                  function.syntax().replace("|", "\\|"),
                  function.level(),
                  function.meaning().replace("|", "\\|")));
      engines.forEach(_ -> text.append(" %d |".formatted(function.cases().size())));
      text.append(" %d |%n".formatted(written.applyAsInt(function)));
    }
    return text.toString();
  }
}
