package io.scorebook.gateway.callers;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// A caller who was let in.
///
/// @param caller without a purpose yet
/// @param purposes that he may ask for; for the home's owner any
/// @param valid whether what he showed would let him in still
public record Admitted(Caller caller, Set<String> purposes, BooleanSupplier valid)
    implements Session.Asker {
  private static final Pattern PURPOSE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Admitted {
    purposes = Set.copyOf(purposes);
  }

  @Override
  public boolean isValid() {
    return valid.getAsBoolean();
  }

  /// Whether a word can be a purpose: letters, digits, `.`, `_` and `-`.
  public static boolean isPurpose(String word) {
    return PURPOSE.matcher(word).matches();
  }

  /// The caller, asking for a purpose.
  ///
  /// @throws ProblemException where he may not ask for it
  @Override
  public Caller asking(Optional<String> purpose) {
    if (purpose.isEmpty()) {
      return caller;
    }
    String word = purpose.get();
    if (!isPurpose(word) || !(caller.seesAll() || purposes.contains(word))) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "Cannot ask for this purpose; this caller may ask for %s"
              .formatted(
                  purposes.isEmpty()
                      ? "none"
                      : "one of " + String.join(", ", purposes.stream().sorted().toList())));
    }
    return caller.withPurpose(purpose);
  }
}
