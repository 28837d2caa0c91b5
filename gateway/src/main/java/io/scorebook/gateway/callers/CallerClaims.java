package io.scorebook.gateway.callers;

import io.scorebook.catalog.policy.Caller;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which claims of a token say who has it. A claim is named as it is, or by a path with dots into
/// nested ones (`realm_access.roles`).
///
/// @param attributes the claim of each attribute
public record CallerClaims(
    String name, String groups, Optional<String> purposes, Map<String, String> attributes) {

  public static final CallerClaims DEFAULT =
      new CallerClaims("sub", "groups", Optional.empty(), Map.of());

  public CallerClaims {
    attributes = Map.copyOf(attributes);
  }

  /// Who has the token; empty where the claim of the name is missing or no text.
  ///
  /// @param issuer goes before the name, so that no issuer's user is taken for another's, or a key
  Optional<Caller> caller(String issuer, Map<String, Object> claims) {
    if (!(find(name, claims) instanceof String text) || text.isBlank()) {
      return Optional.empty();
    }
    var groupNames = new HashSet<>(texts(groups, claims));
    groupNames.remove(Caller.OWNERS);
    var values = new TreeMap<String, List<String>>();
    attributes.forEach((attribute, claim) -> {
      List<String> found = texts(claim, claims);
      if (!found.isEmpty() && isWhole(claim, claims)) {
        values.put(attribute, found);
      }
    });
    return Optional.of(new Caller(issuer + ":" + text, groupNames, values, Optional.empty()));
  }

  Set<String> purposes(Map<String, Object> claims) {
    return purposes
        .map(claim ->
            texts(claim, claims).stream().filter(Admitted::isPurpose).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private static @Nullable Object find(String claim, Map<String, Object> claims) {
    if (claims.containsKey(claim)) {
      return claims.get(claim);
    }
    Object at = claims;
    for (String step : claim.split("\\.", -1)) {
      if (!(at instanceof Map<?, ?> mapping)) {
        return null;
      }
      at = mapping.get(step);
    }
    return at;
  }

  /// Whether no value of a claim is lost. An attribute without some of its values would be another:
  /// where a condition says `<>` it would show more.
  private static boolean isWhole(String claim, Map<String, Object> claims) {
    return !(find(claim, claims) instanceof Collection<?> several)
        || several.size() == texts(claim, claims).size();
  }

  private static List<String> texts(String claim, Map<String, Object> claims) {
    return switch (find(claim, claims)) {
      case String text -> List.of(text);
      case Number number -> List.of(number.toString());
      case Collection<?> several ->
          several.stream()
              .filter(value -> value instanceof String || value instanceof Number)
              .map(Object::toString)
              .toList();
      case null, default -> List.of();
    };
  }
}
