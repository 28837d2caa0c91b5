package io.scorebook.engine.domain;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contracts;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.claim.Subject;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a domain says of its data: its model, and the contracts where they say something else.
final class DeclaredClaims {
  private final SemanticModel model;

  private DeclaredClaims(SemanticModel model) {
    this.model = model;
  }

  static List<Claim> of(SemanticModel model, List<Claim> ofModel, Contracts contracts) {
    var declared = new DeclaredClaims(model);
    var claims = new ArrayList<>(ofModel);
    Set<String> said = new HashSet<>();
    ofModel.forEach(claim -> said.add(declared.ofTables(claim)));
    for (Contract contract : contracts.inLoadOrder()) {
      ContractClaims.of(contract).stream()
          .filter(claim -> said.add(claim.id()))
          .forEach(claims::add);
    }
    return List.copyOf(claims);
  }

  /// The id of the claim, said of the tables where the datasets are just these.
  private String ofTables(Claim claim) {
    return switch (claim) {
      case Claim.Unique(var of, var columns, var by) ->
          new Claim.Unique(source(of), columns, by).id();
      case Claim.NotNull(var of, var columns, var shown, var by) ->
          new Claim.NotNull(source(of), columns, shown, by).id();
      case Claim.Refers(var of, var columns, var to, var toColumns, var by) ->
          new Claim.Refers(source(of), columns, source(to), toColumns, by).id();
      case Claim.TotalOrder _, Claim.WithinRange _, Claim.SameWithJoin _ -> claim.id();
    };
  }

  private Subject source(Subject subject) {
    return switch (subject) {
      case Subject.OfTable table -> table;
      case Subject.OfDataset(String name) ->
          switch (model.findDataset(name).map(Dataset::source).orElseThrow()) {
            case Dataset.Source.Table(String namespace, String table) ->
                new Subject.OfTable(namespace, table);
            case Dataset.Source.Query _ -> subject;
          };
    };
  }
}
