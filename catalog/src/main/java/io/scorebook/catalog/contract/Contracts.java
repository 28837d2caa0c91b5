package io.scorebook.catalog.contract;

import io.scorebook.catalog.contract.Contract.Reference;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The contracts of one domain, which agree with each other.
///
/// @param inLoadOrder each after those it references
public record Contracts(List<Contract> inLoadOrder) {
  public Contracts {
    inLoadOrder = List.copyOf(inLoadOrder);
  }

  /// Reads every `.avsc` file of a folder; findings call them `schemas/NAME.avsc` where the folder
  /// is called `schemas`. Contracts with errors are left out.
  public static Contracts read(Path folder, Findings findings) {
    var contracts = new LinkedHashMap<String, Contract>();
    var broken = new LinkedHashSet<String>();
    for (Path file : files(folder, findings)) {
      String name = folder.getFileName() + "/" + file.getFileName();
      Optional<Contract> contract = Contract.read(file, name, findings);
      contract.ifPresent(known -> contracts.put(known.table().name(), known));
      if (contract.isEmpty()) {
        broken.add(file.getFileName().toString().replace(".avsc", ""));
      }
    }
    for (Contract contract : contracts.values()) {
      checkNamespace(contract, contracts, findings);
      for (Reference reference : contract.references()) {
        if (!broken.contains(reference.to())) {
          check(contract, reference, contracts, findings);
        }
      }
    }
    return new Contracts(order(contracts, findings));
  }

  /// The contract of a table's name, without its namespace.
  public Optional<Contract> find(String name) {
    return inLoadOrder.stream().filter(c -> c.table().name().equals(name)).findFirst();
  }

  private static List<Path> files(Path folder, Findings findings) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
    } catch (IOException e) {
      findings.error(Location.of(folder.getFileName().toString()), "Cannot read the folder: " + e);
      return List.of();
    }
  }

  private static void checkNamespace(
      Contract contract, Map<String, Contract> contracts, Findings findings) {
    Contract first = contracts.values().iterator().next();
    if (!first.table().namespace().equals(contract.table().namespace())) {
      findings.error(
          contract.location(),
          "Cannot have the namespace '%s' beside the '%s' of %s"
              .formatted(
                  contract.table().namespace(),
                  first.table().namespace(),
                  first.location().file()));
    }
  }

  private static void check(
      Contract contract, Reference reference, Map<String, Contract> contracts, Findings findings) {
    Contract target = contracts.get(reference.to());
    if (target == null) {
      findings.error(
          reference.location(),
          "Cannot find the table '%s' that is referenced".formatted(reference.to()),
          Suggestions.clause(reference.to(), contracts.keySet()));
      return;
    }
    if (!Set.copyOf(reference.toFields()).equals(Set.copyOf(target.primaryKey()))) {
      findings.error(
          reference.location(),
          "Cannot reference %s of '%s'".formatted(reference.toFields(), reference.to()),
          "its primary key is " + target.primaryKey());
      return;
    }
    for (int i = 0; i < reference.fields().size(); i++) {
      var from = contract.field(reference.fields().get(i)).type();
      var to = target.field(reference.toFields().get(i)).type();
      if (!from.equals(to)) {
        findings.error(
            reference.location(),
            "Cannot reference '%s' of '%s' by '%s': their types are %s and %s"
                .formatted(
                    reference.toFields().get(i),
                    reference.to(),
                    reference.fields().get(i),
                    to,
                    from));
      }
    }
  }

  private static List<Contract> order(Map<String, Contract> contracts, Findings findings) {
    var ordered = new LinkedHashSet<Contract>();
    for (Contract contract : contracts.values()) {
      visit(contract, contracts, ordered, new ArrayList<>(), findings);
    }
    return List.copyOf(ordered);
  }

  private static void visit(
      Contract contract,
      Map<String, Contract> contracts,
      Set<Contract> ordered,
      List<String> path,
      Findings findings) {
    String name = contract.table().name();
    if (path.contains(name)) {
      findings.error(
          contract.location(),
          "Cannot load tables that reference each other in a circle: %s"
              .formatted(String.join(" -> ", path.subList(path.indexOf(name), path.size()))));
      return;
    }
    path.add(name);
    for (Reference reference : contract.references()) {
      Contract target = contracts.get(reference.to());
      if (target != null && target != contract && !ordered.contains(target)) {
        visit(target, contracts, ordered, path, findings);
      }
    }
    path.removeLast();
    ordered.add(contract);
  }
}
