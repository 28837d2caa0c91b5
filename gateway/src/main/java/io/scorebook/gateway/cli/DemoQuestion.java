package io.scorebook.gateway.cli;

import io.scorebook.domains.StandardQuestion;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.QuestionForm;
import io.scorebook.semantic.plan.ProductTable.Content;
import io.scorebook.semantic.question.Question;
import io.scorebook.semantic.question.Question.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a demonstration answers, in the two ways to ask it.
record DemoQuestion(String title, Ask.Metrics ask, String sql) {
  private static final int ROWS = 5;

  static List<DemoQuestion> ofSample() {
    return StandardQuestion.all().stream()
        .map(question ->
            new DemoQuestion(
                question.title(),
                QuestionForm.read(question.question().getBytes(StandardCharsets.UTF_8)),
                question.sql()))
        .toList();
  }

  /// Of a domain that nobody has chosen questions for: the first rows of what its products answer.
  static List<DemoQuestion> of(Domain domain) {
    return domain.ports().stream().flatMap(port -> of(domain, port)).toList();
  }

  private static Stream<DemoQuestion> of(Domain domain, PublicPort port) {
    return switch (port.table().content()) {
      case Content.Rows _ -> Stream.empty();
      case Content.Metrics(Question question) -> {
        String first = question.metrics().getFirst();
        Ask.Metrics ask =
            new Ask.Metrics(
                Optional.of(domain.name()),
                question.withOrderBy(List.of(new Order(first, true))).withLimit(ROWS),
                Optional.empty());
        yield Stream.of(
            new DemoQuestion(
                port.port().description().orElse(port.product().name()),
                ask,
                "SELECT * FROM %s.%s ORDER BY %s DESC LIMIT %d"
                    .formatted(port.product().schema(), port.port().name(), first, ROWS)));
      }
    };
  }
}
