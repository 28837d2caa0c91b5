package io.scorebook.engine.agreement.random;

import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Makes a question smaller as long as it still goes wrong.
final class Shrinker {
  private Shrinker() {}

  static Question shrink(Question question, Predicate<Question> goesWrong) {
    for (Question smaller : smaller(question)) {
      if (goesWrong.test(smaller)) {
        return shrink(smaller, goesWrong);
      }
    }
    return question;
  }

  private static List<Question> smaller(Question q) {
    var all = new ArrayList<Question>();
    if (q.limit().isPresent() || q.offset() > 0) {
      all.add(
          with(
              q,
              q.metrics(),
              q.dimensions(),
              q.filters(),
              q.groupingSets(),
              q.evidence(),
              q.orderBy(),
              OptionalLong.empty()));
    }
    for (List<Question.Order> order : without(q.orderBy())) {
      all.add(
          with(
              q,
              q.metrics(),
              q.dimensions(),
              q.filters(),
              q.groupingSets(),
              q.evidence(),
              order,
              q.limit()));
    }
    for (List<Filter> filters : without(q.filters())) {
      all.add(q.withFilters(filters));
    }
    for (List<String> fill : without(q.fill())) {
      all.add(q.withFill(fill));
    }
    if (q.partial()) {
      all.add(
          new Question(
              q.metrics(),
              q.dimensions(),
              q.filters(),
              q.groupingSets(),
              q.evidence(),
              q.orderBy(),
              q.limit(),
              q.offset(),
              q.fill(),
              false));
    }
    for (List<String> evidence : without(q.evidence())) {
      all.add(q.withEvidence(evidence));
    }
    if (q.metrics().size() > 1) {
      for (List<String> metrics : without(q.metrics())) {
        all.add(
            with(
                q,
                metrics,
                q.dimensions(),
                q.filters(),
                q.groupingSets(),
                q.evidence().stream().filter(metrics::contains).toList(),
                q.orderBy().stream()
                    .filter(o ->
                        BruteForce.dimensions(q).contains(o.field()) || metrics.contains(o.field()))
                    .toList(),
                q.limit()));
      }
    }
    if (q.groupingSets().isPresent()) {
      for (List<String> set : q.groupingSets().get()) {
        all.add(
            with(
                q,
                q.metrics(),
                set,
                q.filters(),
                Optional.empty(),
                q.evidence(),
                List.of(),
                q.limit()));
      }
    } else {
      for (List<String> dimensions : without(q.dimensions())) {
        all.add(
            with(
                q,
                q.metrics(),
                dimensions,
                q.filters(),
                Optional.empty(),
                q.evidence(),
                List.of(),
                q.limit()));
      }
    }
    return all;
  }

  private static Question with(
      Question q,
      List<String> metrics,
      List<String> dimensions,
      List<Filter> filters,
      Optional<List<List<String>>> sets,
      List<String> evidence,
      List<Question.Order> orderBy,
      OptionalLong limit) {
    return new Question(
        metrics,
        dimensions,
        filters,
        sets,
        evidence,
        orderBy,
        limit,
        limit.isEmpty() ? 0 : q.offset(),
        q.fill().stream().filter(name -> contains(dimensions, sets, name)).toList(),
        q.partial());
  }

  private static boolean contains(
      List<String> dimensions, Optional<List<List<String>>> sets, String name) {
    return dimensions.contains(name)
        || dimensions.isEmpty()
            && sets.stream().flatMap(List::stream).anyMatch(set -> set.contains(name));
  }

  private static <T> List<List<T>> without(List<T> all) {
    return IntStream.range(0, all.size())
        .mapToObj(i -> {
          var rest = new ArrayList<>(all);
          rest.remove(i);
          return List.<T>copyOf(rest);
        })
        .toList();
  }
}
