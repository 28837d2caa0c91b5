package io.scorebook.gateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.question.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A filter as JSON: `{"field":"season","op":">=","value":2018}`, or `{"or":[...]}`,
/// `{"and":[...]}`, `{"not":{...}}`.
public final class FilterForm {
  private static final Set<String> COMPARISON = Set.of("field", "op", "value");

  private FilterForm() {}

  /// Reads one filter from its JSON text, as a query parameter holds it.
  ///
  /// @throws io.scorebook.gateway.session.ProblemException with all that is wrong with it
  public static Filter read(String json, String path) {
    var reader = new FormReader();
    Optional<Filter> filter =
        read(reader, Json.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)), path);
    reader.done();
    return filter.orElseThrow();
  }

  static List<Filter> readAll(FormReader reader, JsonNode object, String path, String key) {
    var filters = new ArrayList<Filter>();
    List<JsonNode> items = reader.items(object, path, key);
    for (int i = 0; i < items.size(); i++) {
      read(reader, items.get(i), "%s[%d]".formatted(FormReader.join(path, key), i))
          .ifPresent(filters::add);
    }
    return filters;
  }

  /// Absent where there is an issue.
  private static Optional<Filter> read(FormReader reader, JsonNode node, String path) {
    if (node.isObject()) {
      for (String key : List.of("or", "and", "not")) {
        if (node.has(key)) {
          return group(reader, node, path, key);
        }
      }
    }
    if (!reader.isObject(node, path, COMPARISON)) {
      return Optional.empty();
    }
    String field = reader.text(node, path, "field");
    String symbol = reader.text(node, path, "op");
    if (field.isEmpty() || symbol.isEmpty()) {
      return Optional.empty();
    }
    Optional<Filter.Op> op = Filter.Op.find(symbol);
    if (op.isEmpty()) {
      List<String> known = Arrays.stream(Filter.Op.values()).map(Filter.Op::symbol).toList();
      String place = FormReader.join(path, "op");
      reader.issue(
          place,
          "Cannot use the operator '%s' in '%s'; use one of %s"
              .formatted(symbol, place, String.join(" ", known)),
          Suggestions.similar(symbol, known));
      return Optional.empty();
    }
    return values(reader, node, path, op.get())
        .map(values -> new Filter.Comparison(field, op.get(), values));
  }

  private static Optional<Filter> group(FormReader reader, JsonNode node, String path, String key) {
    reader.isObject(node, path, Set.of(key));
    if (key.equals("not")) {
      return read(reader, node.path("not"), FormReader.join(path, "not")).map(Filter.Not::new);
    }
    List<Filter> of = readAll(reader, node, path, key);
    if (node.path(key).isArray() && node.path(key).isEmpty()) {
      reader.issue(
          FormReader.join(path, key),
          "Invalid '%s': must have at least one filter".formatted(FormReader.join(path, key)));
    }
    if (of.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(key.equals("or") ? new Filter.Or(of) : new Filter.And(of));
  }

  private static Optional<List<@Nullable Object>> values(
      FormReader reader, JsonNode node, String path, Filter.Op op) {
    String place = FormReader.join(path, "value");
    JsonNode value = node.path("value");
    return switch (op) {
      case IS_NULL, IS_NOT_NULL -> {
        if (!value.isMissingNode()) {
          reader.issue(place, "Cannot use '%s' with '%s'".formatted(place, op.symbol()));
          yield Optional.empty();
        }
        yield Optional.of(List.of());
      }
      case IN, NOT_IN -> {
        if (!value.isArray() || value.isEmpty()) {
          reader.issue(place, "Invalid '%s': must be an array of values".formatted(place));
          yield Optional.empty();
        }
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < value.size(); i++) {
          Optional<Scalar> scalar = scalar(reader, value.get(i), "%s[%d]".formatted(place, i));
          scalar.ifPresent(item -> values.add(item.value()));
        }
        yield values.size() == value.size() ? Optional.of(values) : Optional.empty();
      }
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          CONTAINS,
          STARTS_WITH -> {
        if (value.isMissingNode()) {
          reader.issue(place, "Cannot find the required key '%s'".formatted(place));
          yield Optional.empty();
        }
        yield scalar(reader, value, place)
            .map(item -> {
              var values = new ArrayList<@Nullable Object>();
              values.add(item.value());
              return values;
            });
      }
    };
  }

  private record Scalar(@Nullable Object value) {}

  private static Optional<Scalar> scalar(FormReader reader, JsonNode node, String place) {
    if (node.isNull()) {
      return Optional.of(new Scalar(null));
    } else if (node.isTextual()) {
      return Optional.of(new Scalar(node.textValue()));
    } else if (node.isBoolean()) {
      return Optional.of(new Scalar(node.booleanValue()));
    } else if (node.isNumber()) {
      return reader.number(node, place).map(Scalar::new);
    }
    reader.issue(
        place, "Invalid '%s': must be a text, a number, true, false or null".formatted(place));
    return Optional.empty();
  }

  /// The filter as plain maps, to be written as JSON.
  static Map<String, @Nullable Object> plain(Filter filter) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    switch (filter) {
      case Filter.Comparison(var field, var op, var values) -> {
        plain.put("field", field);
        plain.put("op", op.symbol());
        switch (op) {
          case IS_NULL, IS_NOT_NULL -> {}
          case IN, NOT_IN -> plain.put("value", values.stream().map(FilterForm::plain).toList());
          case EQUAL,
              NOT_EQUAL,
              LESS,
              LESS_OR_EQUAL,
              GREATER,
              GREATER_OR_EQUAL,
              CONTAINS,
              STARTS_WITH ->
              plain.put("value", plain(values.getFirst()));
        }
      }
      case Filter.Or(var of) -> plain.put("or", of.stream().map(FilterForm::plain).toList());
      case Filter.And(var of) -> plain.put("and", of.stream().map(FilterForm::plain).toList());
      case Filter.Not(var of) -> plain.put("not", plain(of));
    }
    return plain;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof java.time.LocalDate date ? date.toString() : value;
  }
}
