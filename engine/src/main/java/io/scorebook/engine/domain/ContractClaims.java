package io.scorebook.engine.domain;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.Reference;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.claim.Declared;
import io.scorebook.semantic.claim.Subject.OfTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a contract says of its table. The loader holds the rows to it; others who write the table
/// may not.
final class ContractClaims {
  private ContractClaims() {}

  static List<Claim> of(Contract contract) {
    var claims = new ArrayList<Claim>();
    var of = new OfTable(contract.table().namespace(), contract.table().name());
    var declared =
        new Declared(
            "the contract of '%s'".formatted(contract.table().name()), contract.location());
    claims.add(new Claim.Unique(of, contract.primaryKey(), declared));
    List<String> required =
        contract.fields().stream().filter(Field::required).map(Field::name).toList();
    if (!required.isEmpty()) {
      claims.add(new Claim.NotNull(of, required, with(contract.primaryKey(), required), declared));
    }
    for (Reference reference : contract.references()) {
      claims.add(
          new Claim.Refers(
              of,
              reference.fields(),
              new OfTable(contract.table().namespace(), reference.to()),
              reference.toFields(),
              new Declared(
                  "the contract of '%s'".formatted(contract.table().name()),
                  reference.location())));
    }
    for (Field field : contract.fields()) {
      if (field.min().isPresent() || field.max().isPresent()) {
        claims.add(
            new Claim.WithinRange(
                of,
                field.name(),
                field.min(),
                field.max(),
                with(contract.primaryKey(), List.of(field.name())),
                new Declared(
                    "the contract of '%s'".formatted(contract.table().name()), field.location())));
      }
    }
    return claims;
  }

  private static List<String> with(List<String> key, List<String> columns) {
    return Stream.concat(key.stream(), columns.stream()).distinct().toList();
  }
}
