package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.scorebook.documents.Suggestions;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.Format;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which format an asker wants: by `?format=`, else by `Accept`, else JSON.
final class Negotiation {
  private Negotiation() {}

  static Format format(HttpRequest<?> request) {
    String word = request.getParameters().get("format");
    if (word != null) {
      return Format.find(word)
          .orElseThrow(() ->
              new ProblemException(
                  ErrorCode.NOT_ACCEPTABLE,
                  "Cannot answer in the format '%s'; %s"
                      .formatted(word, Suggestions.clause(word, Format.words()))));
    }
    List<MediaType> accepted =
        request.accept().stream()
            .filter(type -> type.getQualityAsNumber().doubleValue() > 0)
            .sorted(
                Comparator.comparing(
                    (MediaType type) -> type.getQualityAsNumber().doubleValue(),
                    Comparator.reverseOrder()))
            .toList();
    if (accepted.isEmpty()) {
      return Format.JSON;
    }
    return accepted.stream()
        .flatMap(type -> matching(type).stream())
        .findFirst()
        .orElseThrow(() ->
            new ProblemException(
                ErrorCode.NOT_ACCEPTABLE,
                "Cannot answer as any of %s; accept one of %s"
                    .formatted(
                        accepted,
                        Arrays.stream(Format.values())
                            .map(Format::mediaType)
                            .collect(Collectors.joining(", ")))));
  }

  /// Whether an explanation is wanted in words, as `?format=text` or `Accept: text/plain`; else as
  /// JSON.
  static boolean wantsWords(HttpRequest<?> request) {
    String word = request.getParameters().get("format");
    if (word != null && !word.equals("text") && !word.equals("json")) {
      throw new ProblemException(
          ErrorCode.NOT_ACCEPTABLE,
          "Cannot explain in the format '%s'; use json or text".formatted(word));
    }
    return word == null
        ? request.accept().stream()
            .findFirst()
            .filter(type -> type.getType().equals("text"))
            .isPresent()
        : word.equals("text");
  }

  private static Optional<Format> matching(MediaType type) {
    String name = type.getName();
    return switch (name) {
      case "*/*", "application/*" -> Optional.of(Format.JSON);
      case "text/*" -> Optional.of(Format.CSV);
      default -> Format.ofMediaType(name);
    };
  }
}
