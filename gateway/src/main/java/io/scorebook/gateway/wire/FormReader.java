package io.scorebook.gateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Issue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the parts of a JSON request, and collects what is wrong with them, so that one pass tells
/// every mistake. Paths are as the asker would write them: `filters[0].op`.
final class FormReader {
  private static final int MAX_DIGITS = 100;

  private final List<Issue> issues = new ArrayList<>();

  void issue(String path, String message) {
    issue(path, message, List.of());
  }

  void issue(String path, String message, List<String> suggestions) {
    issues.add(
        new Issue(
            Issue.Code.INVALID_QUESTION,
            message,
            path.isEmpty() ? Optional.empty() : Optional.of(path),
            suggestions,
            Optional.empty()));
  }

  /// Ends the reading: nothing has been wrong, or everything that was is thrown.
  void done() {
    if (!issues.isEmpty()) {
      throw new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, issues));
    }
  }

  /// Whether the node is an object with none but these keys.
  boolean isObject(JsonNode node, String path, Set<String> known) {
    if (!node.isObject()) {
      issue(path, "Invalid %s: must be a JSON object".formatted(name(path)));
      return false;
    }
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!known.contains(key)) {
            List<String> similar = Suggestions.similar(key, known);
            issue(
                join(path, key),
                "Cannot use the key '%s'; %s"
                    .formatted(
                        join(path, key),
                        similar.isEmpty()
                            ? "use one of "
                                + known.stream().sorted().collect(Collectors.joining(", "))
                            : Suggestions.clause(key, known)),
                similar);
          }
        });
    return true;
  }

  /// A text that may be left out.
  Optional<String> findText(JsonNode object, String path, String key) {
    JsonNode value = object.path(key);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (value.isTextual() && !value.textValue().isBlank()) {
      return Optional.of(value.textValue());
    }
    issue(join(path, key), "Invalid %s: must be a text".formatted(name(join(path, key))));
    return Optional.empty();
  }

  /// A text that must be there; the empty text (and an issue) where it is not.
  String text(JsonNode object, String path, String key) {
    if (isAbsent(object.path(key))) {
      issue(join(path, key), "Cannot find the required key '%s'".formatted(join(path, key)));
      return "";
    }
    return findText(object, path, key).orElse("");
  }

  /// The state that is asked of; the newest where it is left out.
  AsOf asOf(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (isAbsent(value)) {
      return AsOf.newest();
    }
    Optional<AsOf> asOf =
        value.isTextual() || value.isIntegralNumber()
            ? AsOf.find(value.asText())
            : Optional.empty();
    if (asOf.isEmpty()) {
      issue(key, "Invalid '%s': must be %s".formatted(key, AsOf.FORMS));
    }
    return asOf.orElse(AsOf.newest());
  }

  /// The items of an array; none where it is left out.
  List<JsonNode> items(JsonNode object, String path, String key) {
    JsonNode value = object.path(key);
    if (isAbsent(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      issue(join(path, key), "Invalid %s: must be an array".formatted(name(join(path, key))));
      return List.of();
    }
    return value.valueStream().toList();
  }

  List<String> texts(JsonNode object, String path, String key) {
    return texts(items(object, path, key), join(path, key));
  }

  List<String> texts(List<JsonNode> items, String path) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      if (item.isTextual() && !item.textValue().isBlank()) {
        texts.add(item.textValue());
      } else {
        String place = "%s[%d]".formatted(path, i);
        issue(place, "Invalid %s: must be a text".formatted(name(place)));
      }
    }
    return texts;
  }

  /// A number of JSON: Long where it fits, BigInteger or BigDecimal. `1e999999999` is a short text
  /// and a long number: such are refused.
  Optional<Object> number(JsonNode node, String place) {
    if (node.isIntegralNumber()) {
      return Optional.of(
          node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue());
    }
    BigDecimal number = node.decimalValue();
    if (Math.abs(number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS) {
      issue(place, "Invalid '%s': a number of more than %d digits".formatted(place, MAX_DIGITS));
      return Optional.empty();
    }
    return Optional.of(number);
  }

  static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String name(String path) {
    return path.isEmpty() ? "request" : "'" + path + "'";
  }
}
