package io.scorebook.gateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.session.Ask;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The body of `POST /v1/query`.
public final class QuestionForm {
  private static final Set<String> KEYS =
      Set.of(
          "model",
          "metrics",
          "dimensions",
          "filters",
          "groupingSets",
          "evidence",
          "orderBy",
          "limit",
          "fill",
          "partial",
          "engine",
          "asOf");
  private static final Set<String> ORDER_KEYS = Set.of("field", "direction");

  private QuestionForm() {}

  /// Reads a question; what its names mean is for the planner to say.
  ///
  /// @throws io.scorebook.gateway.session.ProblemException with all that is wrong with its form
  public static Ask.Metrics read(byte[] body) {
    JsonNode json = Json.parse(body);
    var reader = new FormReader();
    if (!reader.isObject(json, "", KEYS)) {
      reader.done();
    }
    var ask =
        new Ask.Metrics(
            reader.findText(json, "", "model"),
            new Question(
                reader.texts(json, "", "metrics"),
                reader.texts(json, "", "dimensions"),
                FilterForm.readAll(reader, json, "", "filters"),
                groupingSets(reader, json),
                reader.texts(json, "", "evidence"),
                orderBy(reader, json),
                limit(reader, json),
                0,
                reader.texts(json, "", "fill"),
                partial(reader, json)),
            reader.findText(json, "", "engine"),
            reader.asOf(json, "asOf"));
    reader.done();
    return ask;
  }

  private static Optional<List<List<String>>> groupingSets(FormReader reader, JsonNode json) {
    if (FormReader.isAbsent(json.path("groupingSets"))) {
      return Optional.empty();
    }
    var sets = new ArrayList<List<String>>();
    List<JsonNode> items = reader.items(json, "", "groupingSets");
    for (int i = 0; i < items.size(); i++) {
      String place = "groupingSets[%d]".formatted(i);
      if (items.get(i).isArray()) {
        sets.add(reader.texts(items.get(i).valueStream().toList(), place));
      } else {
        reader.issue(place, "Invalid '%s': must be an array of dimensions".formatted(place));
      }
    }
    return Optional.of(sets);
  }

  private static List<Question.Order> orderBy(FormReader reader, JsonNode json) {
    var orders = new ArrayList<Question.Order>();
    List<JsonNode> items = reader.items(json, "", "orderBy");
    for (int i = 0; i < items.size(); i++) {
      String place = "orderBy[%d]".formatted(i);
      if (!reader.isObject(items.get(i), place, ORDER_KEYS)) {
        continue;
      }
      String direction = reader.findText(items.get(i), place, "direction").orElse("asc");
      if (!direction.equals("asc") && !direction.equals("desc")) {
        reader.issue(
            place + ".direction",
            "Invalid '%s.direction': must be asc or desc, and is '%s'".formatted(place, direction));
      }
      orders.add(
          new Question.Order(reader.text(items.get(i), place, "field"), direction.equals("desc")));
    }
    return orders;
  }

  private static OptionalLong limit(FormReader reader, JsonNode json) {
    JsonNode limit = json.path("limit");
    if (FormReader.isAbsent(limit)) {
      return OptionalLong.empty();
    }
    if (limit.isIntegralNumber() && limit.canConvertToLong() && limit.longValue() >= 0) {
      return OptionalLong.of(limit.longValue());
    }
    reader.issue("limit", "Invalid 'limit': must be a whole number, 0 or more");
    return OptionalLong.empty();
  }

  private static boolean partial(FormReader reader, JsonNode json) {
    JsonNode partial = json.path("partial");
    if (!FormReader.isAbsent(partial) && !partial.isBoolean()) {
      reader.issue("partial", "Invalid 'partial': must be true or false");
    }
    return partial.asBoolean(false);
  }

  /// The body that asks this: what [#read] reads.
  public static byte[] write(Ask.Metrics ask) {
    return Json.bytes(plain(ask));
  }

  /// The same as text, for a command line to show.
  public static String text(Ask.Metrics ask) {
    return Json.text(plain(ask));
  }

  private static Map<String, Object> plain(Ask.Metrics ask) {
    Question question = ask.question();
    var plain = new LinkedHashMap<String, Object>();
    ask.model().ifPresent(model -> plain.put("model", model));
    putSome(plain, "metrics", question.metrics());
    putSome(plain, "dimensions", question.dimensions());
    putSome(plain, "filters", question.filters().stream().map(FilterForm::plain).toList());
    question.groupingSets().ifPresent(sets -> plain.put("groupingSets", sets));
    putSome(plain, "evidence", question.evidence());
    putSome(plain, "orderBy", question.orderBy().stream().map(QuestionForm::plain).toList());
    question.limit().ifPresent(limit -> plain.put("limit", limit));
    putSome(plain, "fill", question.fill());
    if (question.partial()) {
      plain.put("partial", true);
    }
    ask.engine().ifPresent(engine -> plain.put("engine", engine));
    ask.asOf().text().ifPresent(asOf -> plain.put("asOf", asOf));
    return plain;
  }

  private static Map<String, Object> plain(Question.Order order) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("field", order.field());
    if (order.descending()) {
      plain.put("direction", "desc");
    }
    return plain;
  }

  private static void putSome(Map<String, Object> plain, String key, List<?> items) {
    if (!items.isEmpty()) {
      plain.put(key, items);
    }
  }
}
