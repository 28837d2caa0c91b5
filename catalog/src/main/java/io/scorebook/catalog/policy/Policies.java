package io.scorebook.catalog.policy;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The policies of a domain. What no grant names may not be read.
public record Policies(List<Grant> grants) {
  public Policies {
    grants = List.copyOf(grants);
  }

  /// Everything for everyone who has a token.
  public static Policies open() {
    var all = Set.of(Grant.EVERYTHING);
    return new Policies(
        List.of(
            new Grant(
                Set.of(Grant.EVERYONE),
                Map.of(Grant.Kind.PRODUCT, all, Grant.Kind.DATASET, all, Grant.Kind.METRIC, all),
                Optional.empty(),
                Location.of("policies.yaml"))));
  }

  /// Reads `policies.yaml` of a domain's folder. A domain without the file is [#open].
  ///
  /// @return the policies; empty where the file has an error
  public static Optional<Policies> read(Path domainFolder, Findings findings) {
    Path file = domainFolder.resolve("policies.yaml");
    return Files.exists(file)
        ? PolicyReader.read(Document.read(file, "policies.yaml", findings), findings)
        : Optional.of(open());
  }

  /// Reads a text; see [#read].
  public static Optional<Policies> parse(String name, String text, Findings findings) {
    return PolicyReader.read(Document.parse(name, text, findings), findings);
  }

  /// Whether someone in these groups may read a thing.
  public boolean allows(Set<String> groups, Grant.Kind kind, String name) {
    return grants.stream().anyMatch(grant -> grant.allows(groups, kind, name));
  }

  /// Whether everyone may read everything, so that there is nothing to enforce.
  public boolean isOpen() {
    return Arrays.stream(Grant.Kind.values())
        .allMatch(kind ->
            grants.stream()
                .anyMatch(grant ->
                    grant.who().contains(Grant.EVERYONE)
                        && grant.on().getOrDefault(kind, Set.of()).contains(Grant.EVERYTHING)));
  }

  /// Reports names that the domain does not have: a grant on a misspelt name would grant nothing.
  ///
  /// @param known the names of each kind that the domain has
  public void checkNames(Map<Grant.Kind, ? extends Collection<String>> known, Findings findings) {
    for (Grant grant : grants) {
      grant
          .on()
          .forEach((kind, names) -> {
            Collection<String> there = known.containsKey(kind) ? known.get(kind) : List.of();
            names.stream()
                .filter(name -> !name.equals(Grant.EVERYTHING))
                .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
                .sorted()
                .forEach(name ->
                    findings.error(
                        grant.location(),
                        "Cannot grant '%s': there is no such one among the %s"
                            .formatted(name, kind.key()),
                        Suggestions.clause(name, there)));
          });
    }
  }
}
