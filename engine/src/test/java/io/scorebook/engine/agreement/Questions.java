package io.scorebook.engine.agreement;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Questions in the JSON form of `POST /v1/query`.
final class Questions {
  private Questions() {}

  static Question read(String json) {
    Findings findings = new Findings();
    Value value = Document.parse("question", json, findings).orElseThrow();
    if (findings.hasErrors() || !(value.toPlain() instanceof Map<?, ?> form)) {
      throw new IllegalArgumentException(
          "Invalid question %s: %s".formatted(json, findings.toList()));
    }
    return new Question(
        texts(form.get("metrics")),
        texts(form.get("dimensions")),
        list(form.get("filters")).stream().map(Questions::filter).toList(),
        form.containsKey("groupingSets")
            ? Optional.of(list(form.get("groupingSets")).stream().map(Questions::texts).toList())
            : Optional.empty(),
        texts(form.get("evidence")),
        list(form.get("orderBy")).stream().map(Questions::order).toList(),
        form.get("limit") instanceof Number limit
            ? OptionalLong.of(limit.longValue())
            : OptionalLong.empty(),
        0);
  }

  private static Filter filter(@Nullable Object form) {
    Map<?, ?> filter = (Map<?, ?>) java.util.Objects.requireNonNull(form);
    if (filter.containsKey("or")) {
      return new Filter.Or(list(filter.get("or")).stream().map(Questions::filter).toList());
    }
    if (filter.containsKey("and")) {
      return new Filter.And(list(filter.get("and")).stream().map(Questions::filter).toList());
    }
    if (filter.containsKey("not")) {
      return new Filter.Not(filter(filter.get("not")));
    }
    List<@Nullable Object> values = new ArrayList<>();
    if (filter.get("value") instanceof List<?> several) {
      several.forEach(value -> values.add(value(value)));
    } else if (filter.containsKey("value")) {
      values.add(value(filter.get("value")));
    }
    Filter.Op op = Filter.Op.find(String.valueOf(filter.get("op"))).orElseThrow();
    return new Filter.Comparison(String.valueOf(filter.get("field")), op, values);
  }

  /// As the HTTP door reads them: whole numbers are Long, others BigDecimal.
  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Integer number -> (Object) number.longValue();
      case Double number -> new java.math.BigDecimal(number.toString());
      case null, default -> value;
    };
  }

  private static Question.Order order(@Nullable Object form) {
    Map<?, ?> order = (Map<?, ?>) java.util.Objects.requireNonNull(form);
    return new Question.Order(
        String.valueOf(order.get("field")), "desc".equals(order.get("direction")));
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<String> texts(@Nullable Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }
}
