package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.MaskKey;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With random policies, callers and questions: what is answered is what would be answered to an
/// owner of a copy in which the rows are left out and the values masked beforehand.
final class GovernedCopyTest {
  private static final int ROWS = 60;
  private static final int QUESTIONS = 25;
  private static final List<String> UNITS = List.of("0", "1", "2");

  /// Columns of people, in their order.
  private static final int NAME = 1;

  private static final int UNIT = 2;
  private static final int PAY = 3;
  private static final int BONUS = 4;
  private static final int HIRED = 5;
  private static final int NOTE = 6;

  @TempDir Path temp;

  private record Rule(String condition, Predicate<List<@Nullable Object>> holds) {}

  private record Masked(int column, String rule, UnaryOperator<@Nullable Object> shown) {}

  private final List<Rule> rules =
      List.of(
          new Rule(
              "unit_id = caller.unit",
              row -> row.get(UNIT) != null && UNITS.subList(1, 3).contains("" + row.get(UNIT))),
          new Rule("pay > caller.level", row -> row.get(PAY) instanceof Long pay && pay > 4),
          new Rule("note IS NULL OR note <> 'b'", row -> !"b".equals(row.get(NOTE))),
          new Rule(
              "NOT (bonus BETWEEN 2 AND 4)",
              row -> row.get(BONUS) instanceof Integer bonus && (bonus < 2 || bonus > 4)),
          new Rule(
              "name IN ('Ada', 'Bo')", row -> List.of("Ada", "Bo").contains("" + row.get(NAME))),
          new Rule("unit_id = caller.region", _ -> false), // no number
          new Rule("TRUE", _ -> true));

  private List<Masked> masks(MaskKey key) {
    return List.of(
        new Masked(
            NAME,
            "name: {mask: partial, last: 1}",
            value ->
                value instanceof String name
                    ? name.length() <= 1 ? "***" : "***" + name.substring(name.length() - 1)
                    : null),
        new Masked(
            PAY,
            "pay: {mask: bucket, size: 3}",
            value -> value instanceof Long pay ? Math.floorDiv(pay, 3L) * 3 : null),
        new Masked(BONUS, "bonus: {mask: constant, value: 9}", _ -> 9),
        new Masked(
            HIRED,
            "hired: {mask: bucket, size: year}",
            value -> value instanceof LocalDate day ? day.withDayOfYear(1) : null),
        new Masked(
            NOTE,
            "note: {mask: hash}",
            value -> value instanceof String note ? key.of(note) : null),
        new Masked(NOTE, "note: {mask: null}", _ -> null));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answersAreThoseOfACopy(long seed) throws IOException {
    var random = new Random(seed);
    List<List<@Nullable Object>> people = people(random);
    List<Rule> lets = some(random, rules, 2);
    List<Rule> narrows = some(random, rules, 1);
    try (Firm governed = Firm.open(temp, "governed", Firm.OPEN);
        Firm copy = Firm.open(temp, "copy", Firm.OPEN)) {
      MaskKey key = MaskKey.of(temp.resolve("copy"));
      var chosen = new ArrayList<Masked>();
      for (Masked mask : some(random, masks(key), 4)) {
        if (chosen.stream().noneMatch(other -> other.column() == mask.column())) {
          chosen.add(mask);
        }
      }
      governed.publish(policies(lets, narrows, chosen));
      governed.rows("people", people.toArray(GovernedCopyTest::rows));
      List<List<@Nullable Object>> seen =
          people.stream()
              .filter(row -> lets.stream().anyMatch(rule -> rule.holds().test(row)))
              .filter(row -> narrows.stream().allMatch(rule -> rule.holds().test(row)))
              .map(row -> masked(row, chosen))
              .toList();
      copy.rows("people", seen.toArray(GovernedCopyTest::rows));
      for (Firm firm : List.of(governed, copy)) {
        firm.rows(
            "units", unit(0, "Mill", "north"), unit(1, "Yard", "north"), unit(2, "Den", "south"));
      }
      Caller reader =
          caller(
              "readers",
              Map.of("unit", UNITS.subList(1, 3), "level", List.of("4"), "region", List.of("x")));
      for (int i = 0; i < QUESTIONS; i++) {
        Question question = question(random);
        for (String engine : List.of("duckdb", "reference")) {
          assertThat(Firm.rowsOf(governed.ask(reader, engine, question)))
              .as(
                  "seed %d, %s, %s, rules %s, %s, masks %s",
                  seed, engine, question, lets, narrows, chosen)
              .isEqualTo(Firm.rowsOf(copy.ask(Caller.local(), engine, question)));
        }
      }
    }
  }

  private static String policies(List<Rule> lets, List<Rule> narrows, List<Masked> masks) {
    var text = new StringBuilder(Firm.OPEN + "tables:\n  people:\n    rows:\n");
    lets.forEach(rule ->
        text.append("      - {who: [readers], where: \"%s\"}\n".formatted(rule.condition())));
    narrows.forEach(
        rule -> text.append("      - {who: ['*'], only: \"%s\"}\n".formatted(rule.condition())));
    text.append("    columns:\n      rate: {deny: true}\n");
    masks.forEach(mask -> text.append("      %s\n".formatted(mask.rule())));
    return text.toString();
  }

  private static <T> List<T> some(Random random, List<T> of, int most) {
    var chosen = new ArrayList<T>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      chosen.add(of.get(random.nextInt(of.size())));
    }
    return chosen;
  }

  private static List<List<@Nullable Object>> people(Random random) {
    var people = new ArrayList<List<@Nullable Object>>();
    for (long id = 0; id < ROWS; id++) {
      people.add(
          Arrays.asList(
              id,
              pick(random, "Ada", "Bo", "C", null),
              (long) random.nextInt(3),
              random.nextInt(5) == 0 ? null : (Long) (long) (random.nextInt(20) - 6),
              random.nextInt(5) == 0 ? null : (Integer) random.nextInt(8),
              random.nextInt(5) == 0
                  ? null
                  : LocalDate.of(2019, 11, 1).plusDays(random.nextInt(90)),
              pick(random, "a", "b", null),
              null));
    }
    return people;
  }

  private static @Nullable String pick(Random random, @Nullable String... of) {
    return of[random.nextInt(of.length)];
  }

  private static List<@Nullable Object> masked(List<@Nullable Object> row, List<Masked> masks) {
    var shown = new ArrayList<>(row);
    masks.forEach(mask -> shown.set(mask.column(), mask.shown().apply(row.get(mask.column()))));
    return shown;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<@Nullable Object>[] rows(int length) {
    return new List[length];
  }

  private static Question question(Random random) {
    List<String> metrics =
        List.of("heads", "pay_sum", "pay_each", "bonus_sum", "most_pay", "longest_run");
    List<String> dimensions = List.of("name", "title", "region", "hired.month", "pay", "note");
    Question question =
        Question.of(
            List.of(metrics.get(random.nextInt(metrics.size()))),
            random.nextInt(4) == 0
                ? List.of()
                : List.of(dimensions.get(random.nextInt(dimensions.size()))));
    return switch (random.nextInt(3)) {
      case 0 ->
          question.withFilters(
              List.of(new Filter.Comparison("pay", Filter.Op.GREATER, List.of(3L))));
      case 1 ->
          question.withFilters(
              List.of(new Filter.Comparison("note", Filter.Op.IS_NOT_NULL, List.of())));
      default -> question;
    };
  }
}
