package io.scorebook.engine.agreement.random;

import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What a question may ask of a metric: a column of the table of kinds.
///
/// @param title of the column
/// @param question with the metric, made of one by what the metric needs
/// @param sql the same as SQL; empty where it is asked as a question
record Clauses(String title, UnaryOperator<Question> question, String sql) {
  private static final String MONTH = "day.month";

  static final List<Clauses> ALL =
      List.of(
          of("in total", q -> with(q, List.of())),
          of("dimension", q -> by(q, "channel")),
          of("behind a join", q -> by(q, "item")),
          of("role", q -> by(q, "gift")),
          of("path written", q -> by(q, "gift_of_sale.item")),
          of("not reached", q -> by(q, "colour")),
          of("grain", q -> by(q, MONTH)),
          of("week", q -> by(q, "day.week")),
          of("calendar", q -> by(q, "term")),
          of("two periods", q -> by(q, "term", MONTH)),
          of("filter", q -> filtered(q, filter("channel", Filter.Op.EQUAL, "web"))),
          of(
              "filter on time",
              q ->
                  filtered(
                      by(q, MONTH),
                      filter("day", Filter.Op.GREATER_OR_EQUAL, LocalDate.parse("2022-02-01")))),
          of("filter on calendar", q -> filtered(q, filter("term", Filter.Op.EQUAL, 2023L))),
          of(
              "filter mixing time",
              q ->
                  filtered(
                      q,
                      new Filter.Or(
                          List.of(
                              filter("term", Filter.Op.EQUAL, 2023L),
                              filter("channel", Filter.Op.EQUAL, "web"))))),
          of(
              "filter on metric",
              q ->
                  filtered(
                      by(q, "channel"), filter(q.metrics().getFirst(), Filter.Op.GREATER, 1L))),
          of(
              "grouping sets",
              q ->
                  by(q, "who", MONTH)
                      .withGroupingSets(
                          sets(q, List.of(MONTH, "who"), List.of("who"), List.of(MONTH)))),
          of(
              "total set",
              q -> by(q, "channel").withGroupingSets(sets(q, List.of("channel"), List.of()))),
          of(
              "order, limit",
              q ->
                  by(q, "channel", "who")
                      .withOrderBy(List.of(new Question.Order(q.metrics().getFirst(), true)))
                      .withLimit(3)),
          of("NULL keys", q -> by(q, "who", "channel", "item")),
          of(
              "no rows",
              q -> filtered(by(q, "channel"), filter("channel", Filter.Op.EQUAL, "none"))),
          of("evidence", q -> by(q, "channel").withEvidence(q.metrics())),
          of("fill", q -> by(q, "channel", MONTH).withFill(List.of(MONTH))),
          of("fill calendar", q -> by(q, "term").withFill(List.of("term"))),
          of(
              "partial",
              q ->
                  filtered(
                          by(q, MONTH),
                          filter("day", Filter.Op.GREATER_OR_EQUAL, LocalDate.parse("2022-02-10")))
                      .withPartial()),
          of("second fact", q -> and(by(q, MONTH), "visits")),
          of("second fact, its dimension", q -> and(by(q, "channel"), "visits")),
          of("operand", q -> of(by(q, "channel"), q.metrics().getFirst() + "_more")),
          sql(
              "AGGREGATE(m)",
              q -> by(q, "channel"),
              "SELECT {keys}, AGGREGATE({m}) AS v FROM random.sales GROUP BY {keys}"),
          sql(
              "bare m",
              q -> by(q, "channel"),
              "SELECT {keys}, {m} FROM random.sales GROUP BY {keys}"),
          sql(
              "SUM(m)",
              q -> by(q, "channel"),
              "SELECT {keys}, SUM({m}) AS v FROM random.sales GROUP BY {keys}"),
          sql(
              "FILTER",
              q -> filtered(by(q, "who"), filter("channel", Filter.Op.EQUAL, "web")),
              "SELECT {keys}, AGGREGATE({m}) FILTER (WHERE channel = 'web') AS v FROM random.sales WHERE channel = 'web' GROUP BY {keys}"),
          sql(
              "HAVING",
              q ->
                  filtered(by(q, "channel"), filter(q.metrics().getFirst(), Filter.Op.GREATER, 1L)),
              "SELECT {keys}, AGGREGATE({m}) AS v FROM random.sales GROUP BY {keys} HAVING AGGREGATE({m}) > 1"),
          sql(
              "QUALIFY",
              q -> by(q, "channel"),
              "SELECT {keys}, AGGREGATE({m}) AS v FROM random.sales GROUP BY {keys} QUALIFY ROW_NUMBER() OVER (ORDER BY AGGREGATE({m})) <= 1000"),
          sql(
              "window over m",
              q -> by(q, "channel"),
              "SELECT {keys}, MAX(AGGREGATE({m})) OVER (PARTITION BY {keys}) AS w FROM random.sales GROUP BY {keys}"),
          sql(
              "ROLLUP",
              q -> by(q, "channel").withGroupingSets(sets(q, List.of("channel"), List.of())),
              "SELECT {keys}, GROUPING({keys}) AS g, AGGREGATE({m}) AS v FROM random.sales GROUP BY GROUPING SETS ({sets})"),
          sql(
              "rows",
              q -> Question.of(q.metrics(), List.of("sale_id")),
              "SELECT sale_id, {m} FROM random.sales"));

  private static Clauses of(String title, UnaryOperator<Question> question) {
    return new Clauses(title, question, "");
  }

  private static Clauses sql(String title, UnaryOperator<Question> question, String sql) {
    return new Clauses(title, question, sql);
  }

  private static Question with(Question question, List<String> dimensions) {
    return Question.of(question.metrics(), dimensions);
  }

  /// By the dimensions, and by what the metric needs.
  private static Question by(Question question, String... dimensions) {
    return with(
        question,
        Stream.concat(Stream.of(dimensions), question.dimensions().stream()).distinct().toList());
  }

  private static Question filtered(Question question, Filter filter) {
    return question.withFilters(List.of(filter));
  }

  private static Question and(Question question, String metric) {
    var metrics = new ArrayList<>(question.metrics());
    metrics.add(metric);
    return Question.of(metrics, question.dimensions());
  }

  private static Question of(Question question, String metric) {
    return Question.of(List.of(metric), question.dimensions());
  }

  /// The sets, each with what the metric needs.
  @SafeVarargs
  private static List<List<String>> sets(Question question, List<String>... sets) {
    return Stream.of(sets)
        .map(set ->
            Stream.concat(set.stream(), question.dimensions().stream())
                .distinct()
                .sorted()
                .toList())
        .distinct()
        .toList();
  }

  private static Filter filter(String field, Filter.Op op, Object value) {
    return new Filter.Comparison(field, op, List.of(value));
  }

  /// The SQL of a question of one metric.
  String sqlOf(Question question) {
    List<String> keys = question.dimensions().stream().map(Clauses::inSql).toList();
    String sets =
        String.join(
            ", ",
            question.groupingSets().orElse(List.of()).stream()
                .map(
                    set -> "(" + String.join(", ", set.stream().map(Clauses::inSql).toList()) + ")")
                .toList());
    return sql.replace("{keys}", String.join(", ", keys))
        .replace("{sets}", sets)
        .replace("{m}", question.metrics().getFirst());
  }

  private static String inSql(String key) {
    return key.equals(MONTH) ? "DATE_TRUNC('month', day)" : key;
  }
}
