package io.scorebook.engine.draft.guess;

import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.guess.DraftColumn.Pii;
import io.scorebook.engine.draft.profile.ColumnProfile;
import io.scorebook.engine.draft.profile.TableProfile;
import io.scorebook.engine.draft.profile.Workbench;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a column tells something of a person: by its name, or by what its values look like.
final class PiiGuess {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("email", "email"),
          Map.entry("mail", "email"),
          Map.entry("phone", "phone"),
          Map.entry("mobile", "phone"),
          Map.entry("birthday", "birth date"),
          Map.entry("birthdate", "birth date"),
          Map.entry("birth", "birth date"),
          Map.entry("dob", "birth date"),
          Map.entry("address", "address"),
          Map.entry("street", "address"),
          Map.entry("ssn", "identity number"),
          Map.entry("passport", "identity number"),
          Map.entry("iban", "bank account"),
          Map.entry("gender", "gender"),
          Map.entry("ip", "network address"),
          Map.entry("surname", "name"),
          Map.entry("lastname", "name"),
          Map.entry("firstname", "name"));
  private static final Set<String> PERSON_NAMES =
      Set.of("first_name", "last_name", "middle_name", "family_name", "given_name");
  private static final String EMAIL = "[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}";
  private static final String PERSON = "\\p{Lu}[\\p{L}.'’-]*( \\p{Lu}[\\p{L}.'’-]*){1,3}";
  private static final int ENOUGH = 3;

  private PiiGuess() {}

  static Optional<Pii> of(
      Workbench workbench, TableProfile table, ColumnProfile column, String name, TypeGuess type) {
    List<String> words = Words.of(name);
    Optional<Pii> byName =
        PERSON_NAMES.stream().anyMatch(name::endsWith)
            ? Optional.of(new Pii("name", "its name"))
            : words.stream()
                .filter(WORDS::containsKey)
                .findFirst()
                .map(word -> new Pii(WORDS.getOrDefault(word, ""), "its name"));
    if (byName.isPresent() || type.type() != Simple.STRING || column.filled() < ENOUGH) {
      return byName;
    }
    return byValues(workbench, table, column, EMAIL, "email")
        .or(() ->
            words.contains("name")
                ? byValues(workbench, table, column, PERSON, "name")
                : Optional.empty());
  }

  private static Optional<Pii> byValues(
      Workbench workbench, TableProfile table, ColumnProfile column, String pattern, String what) {
    long alike = workbench.matching(table.number(), column.position(), pattern);
    return alike * 10 >= column.filled() * 8
        ? Optional.of(
            new Pii(what, "%,d of %,d values look like one".formatted(alike, column.filled())))
        : Optional.empty();
  }
}
