package io.scorebook.catalog.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 7b0c
      name: sales
      version: 2.1.0
      status: active
      description: {purpose: What was sold}
      team: {name: Shop}
      outputPorts:
        - name: rows
          customProperties:
            - {property: dataset, value: sales}
            - property: quality
              value:
                - RULE
            - property: slaProperties
              value:
                - LEVEL
      """;
  private static final String LEVEL = "{property: freshness, value: 24, unit: h}";
  private static final String RULE = "{name: r, metric: rowCount, mustBeGreaterThan: 0}";

  private final Findings findings = new Findings();

  private Optional<Port> read(String rule, String level) {
    String text = PRODUCT.replace("RULE", rule).replace("LEVEL", level);
    return ProductReader.parse("products/sales.yaml", text, findings)
        .map(product -> product.ports().getFirst());
  }

  private Rule rule(String rule) {
    Optional<Port> port = read(rule, LEVEL);
    assertThat(findings.toList()).isEmpty();
    return port.orElseThrow().rules().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: r, metric: rowCount, mustBeBetween: [1, 2.5]}                                        | rowCount in 1 .. 2.5
          {id: r, type: library, metric: nullValues, column: a, mustBe: 0}                            | nullValues of a = 0
          {name: r, metric: nullValues, column: a, unit: percent, mustBeLessThan: 1}                  | nullValues of a in percent < 1
          {name: r, metric: missingValues, column: a, arguments: {missingValues: [null, '', N/A]}, mustBeLessOrEqualTo: 3} | missingValues of a <= 3
          {name: r, metric: invalidValues, column: a, arguments: {validValues: [kg, 7]}, mustNotBe: 9} | invalidValues of a not = 9
          {name: r, metric: invalidValues, column: a, arguments: {pattern: '^[A-Z]$'}, mustBe: 0}     | invalidValues of a = 0
          {name: r, metric: duplicateValues, column: a, mustNotBeBetween: [1, 9]}                     | duplicateValues of a not in 1 .. 9
          {name: r, metric: duplicateValues, arguments: {properties: [a, b]}, mustBe: 0}              | duplicateValues of a, b = 0
          {name: r, type: sql, query: SELECT 1, mustBeGreaterOrEqualTo: -1}                           | the query's value >= -1
          {name: r, type: custom, engine: scorebook, implementation: {metric: m, dimensions: [d], mustBeBetween: [0, 1]}} | m by d in 0 .. 1
          """)
  void readsEachKind(String text, String sentence) {
    Rule rule = rule(text);
    assertThat(rule.sentence()).isEqualTo(sentence);
    assertThat(rule.severity()).isEqualTo(Rule.Severity.ERROR);
    // What is rendered for a contract says the same.
    Map<String, Object> terms = QualityTerms.of(rule);
    Object comparisons =
        terms.getOrDefault("implementation", terms) instanceof Map<?, ?> map
            ? map.get(rule.comparison().key())
            : null;
    assertThat(comparisons).isEqualTo(rule.comparison().value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: r, metric: rowCuont, mustBe: 1}                        | Cannot find the metric of quality 'rowCuont'; did you mean 'rowCount'?
          {metric: rowCount, mustBe: 1}                                 | Cannot find the name of the rule; give it a 'name' (or an 'id')
          {name: '<b>', metric: rowCount, mustBe: 1}                    | Invalid name of a rule: '<b>'; use letters, digits, _ and -, at most 128, beginning with a letter
          {name: r, metric: rowCount}                                   | Cannot find what the value must be; give one of mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween
          {name: r, metric: rowCount, mustBe: 1, mustNotBe: 2}          | Cannot compare by both 'mustBe' and 'mustNotBe'; give one of mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween
          {name: r, metric: rowCount, mustBe: many}                     | Invalid 'mustBe': must be a number
          {name: r, metric: rowCount, mustBe: 1e999999999}              | Invalid 'mustBe': must be a number
          {name: r, metric: rowCount, mustBeBetween: [2, 1]}            | Invalid 'mustBeBetween': must be two numbers, the smaller first
          {name: r, metric: nullValues, mustBe: 0}                      | Cannot find the required 'column'
          {name: r, metric: invalidValues, column: a, mustBe: 0}        | Cannot find what is valid; give arguments.validValues or arguments.pattern
          {name: r, metric: nullValues, column: a, arguments: {file: /etc/passwd}, mustBe: 0} | Cannot use the key 'file'; use one of
          {name: r, metric: rowCount, query: SELECT 1, mustBe: 0}       | Cannot use 'query' in a rule of type 'library'
          {name: r, type: custom, engine: soda, implementation: x, mustBe: 0} | Cannot run a rule of the engine 'soda'; there is scorebook, for the values of metrics
          {name: r, type: text, description: good}                      | Cannot run a rule of type 'text'; write it into description.limitations of the product
          {name: r, metric: rowCount, mustBe: 1, schedule: '* * * *'}   | Invalid schedule '* * * *'; write five fields of cron such as '0 20 * * *' (in UTC), or with scheduler: interval a time such as PT1H, at least a minute
          {name: r, metric: rowCount, mustBe: 1, scheduler: interval, schedule: PT1S} | Invalid schedule 'PT1S'; write five fields of cron such as '0 20 * * *' (in UTC), or with scheduler: interval a time such as PT1H, at least a minute
          {name: r, metric: rowCount, mustBe: 1, severity: fatal}       | Cannot use 'fatal' as 'severity'; there is 'error', 'info', 'warning'
          """)
  void refusesByPlace(String text, String message) {
    assertThat(read(text, LEVEL)).isEmpty();
    assertThat(findings.toList())
        .extracting(Finding::toString)
        .anySatisfy(
            line -> assertThat(line).startsWith("products/sales.yaml:15: error: " + message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {property: freshnes, value: 1, unit: h}         | Cannot find the service level 'freshnes'; did you mean 'freshness'?
          {property: latency, value: 1}                   | Cannot find the unit; write s, min, h, d, w or y (of 365 days)
          {property: latency, value: 1, unit: m}          | Cannot use the unit 'm'; write s, min, h, d, w or y (of 365 days)
          {property: latency, value: 0, unit: d}          | Invalid value of a service level: '0' is no time; write a number above 0 with its unit, or a text such as PT24H
          {property: latency, value: 1e99, unit: d}       | Invalid value of a service level: '1E+99' is no time; write a number above 0 with its unit, or a text such as PT24H
          {property: latency, value: 1, unit: d, schedule: x} | Cannot use 'schedule' of a service level: it is measured when it is asked for; leave it out; rules of quality have a schedule
          """)
  void refusesLevels(String level, String message) {
    assertThat(read(RULE, level)).isEmpty();
    assertThat(findings.toList())
        .extracting(Finding::toString)
        .containsExactly("products/sales.yaml:18: error: " + message);
  }

  @Test
  void readsLevels() {
    Port port =
        read(
                RULE,
                "{property: retention, value: 1.5, unit: y}\n          - {id: ly, property: latency, value: PT36H, element: day}\n          - {property: availability, value: 99.9, unit: percent}")
            .orElseThrow();
    assertThat(port.levels())
        .extracting(ServiceLevel::name, ServiceLevel::kind, ServiceLevel::promised)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "retention", ServiceLevel.Kind.RETENTION, Optional.of(Duration.ofHours(13140))),
            org.assertj.core.groups.Tuple.tuple(
                "ly", ServiceLevel.Kind.FRESHNESS, Optional.of(Duration.ofHours(36))),
            org.assertj.core.groups.Tuple.tuple(
                "availability", ServiceLevel.Kind.STATED, Optional.empty()));
    assertThat(QualityTerms.of(port.levels().get(1)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("id", "ly", "property", "latency", "value", "PT36H", "element", "day"));
  }

  /// Each comparison below, at and above its bound.
  @ParameterizedTest
  @CsvSource({
    "mustBe: 5, false, true, false",
    "mustNotBe: 5, true, false, true",
    "mustBeGreaterThan: 5, false, false, true",
    "mustBeGreaterOrEqualTo: 5, false, true, true",
    "mustBeLessThan: 5, true, false, false",
    "mustBeLessOrEqualTo: 5, true, true, false",
    "'mustBeBetween: [5, 5.5]', false, true, false",
    "'mustNotBeBetween: [5, 5.5]', true, false, true"
  })
  void compares(String comparison, boolean below, boolean at, boolean above) {
    Comparison read = rule("{name: r, metric: rowCount, %s}".formatted(comparison)).comparison();
    assertThat(
            List.of(
                read.holds(new BigDecimal("4.9")),
                read.holds(new BigDecimal("5.0")),
                read.holds(new BigDecimal("6"))))
        .containsExactly(below, at, above);
  }

  @Test
  void comesAgainInUtc() {
    Instant monday = Instant.parse("2026-11-23T20:00:00Z");
    assertThat(new Schedule.Cron("0 20 * * *").next(monday))
        .contains(Instant.parse("2026-11-24T20:00:00Z"));
    assertThat(new Schedule.Every(Duration.ofMinutes(90)).next(monday))
        .contains(Instant.parse("2026-11-23T21:30:00Z"));
  }

  @Test
  void rendersTheStandardsKeys() {
    Rule rule =
        rule(
            "{name: r, metric: missingValues, column: a, arguments: {missingValues: [null, 0]},"
                + " mustBe: 0, severity: warning, dimension: completeness, schedule: '0 6 * * 1'}");
    Map<String, Object> terms = QualityTerms.of(rule);
    assertThat(terms.keySet())
        .containsExactly(
            "name",
            "type",
            "metric",
            "unit",
            "arguments",
            "mustBe",
            "severity",
            "dimension",
            "scheduler",
            "schedule");
    assertThat(rule.column()).contains("a");
    assertThat(terms)
        .containsEntry(
            "arguments", Map.of("missingValues", java.util.Arrays.asList(null, BigInteger.ZERO)));
  }
}
