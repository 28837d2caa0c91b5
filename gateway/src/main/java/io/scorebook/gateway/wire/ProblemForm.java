package io.scorebook.gateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.semantic.plan.Issue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A problem as RFC 9457 writes it, `application/problem+json`.
public final class ProblemForm {
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemForm() {}

  /// @param instance names this occurrence, in the log too
  public static Map<String, @Nullable Object> plain(Problem problem, String instance) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    plain.put("type", problem.code().type());
    plain.put("title", problem.code().title());
    plain.put("status", problem.code().status());
    plain.put("detail", problem.detail());
    plain.put("instance", instance);
    problem.field().ifPresent(field -> plain.put("field", field));
    if (!problem.suggestions().isEmpty()) {
      plain.put("suggestions", problem.suggestions());
    }
    problem.position().ifPresent(position -> plain.put("position", position(position)));
    if (!problem.issues().isEmpty()) {
      plain.put("issues", problem.issues().stream().map(ProblemForm::issue).toList());
    }
    return plain;
  }

  private static Map<String, Object> issue(Issue issue) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("code", Values.lower(issue.code()).replace('_', '-'));
    plain.put("message", issue.message());
    issue.field().ifPresent(field -> plain.put("field", field));
    if (!issue.suggestions().isEmpty()) {
      plain.put("suggestions", issue.suggestions());
    }
    issue.position().ifPresent(position -> plain.put("position", position(position)));
    return plain;
  }

  private static Map<String, Integer> position(Issue.Position position) {
    var plain = new LinkedHashMap<String, Integer>();
    plain.put("line", position.line());
    plain.put("column", position.column());
    return plain;
  }

  /// Reads a problem that another gateway wrote; its issues are in its detail.
  public static Problem read(JsonNode json, int status) {
    String type = json.path("type").asText();
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(candidate -> candidate.type().equals(type))
            .findFirst()
            .orElse(ErrorCode.INTERNAL);
    var issues = new ArrayList<Issue>();
    for (JsonNode issue : json.path("issues")) {
      List<String> suggestions =
          issue.path("suggestions").valueStream().map(JsonNode::asText).toList();
      issues.add(
          new Issue(
              issueCode(issue.path("code").asText()),
              issue.path("message").asText(),
              Optional.of(issue.path("field").asText()).filter(field -> !field.isEmpty()),
              suggestions,
              issue.has("position")
                  ? Optional.of(
                      new Issue.Position(
                          issue.path("position").path("line").asInt(),
                          issue.path("position").path("column").asInt()))
                  : Optional.empty()));
    }
    String detail = json.path("detail").asText();
    return new Problem(
        code, detail.isEmpty() ? "Cannot get an answer: HTTP status " + status : detail, issues);
  }

  private static Issue.Code issueCode(String word) {
    return Arrays.stream(Issue.Code.values())
        .filter(code -> Values.lower(code).replace('_', '-').equals(word))
        .findFirst()
        .orElse(Issue.Code.INVALID_QUESTION);
  }
}
