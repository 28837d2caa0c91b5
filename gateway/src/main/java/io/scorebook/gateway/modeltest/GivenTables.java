package io.scorebook.gateway.modeltest;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.load.ContractRows;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import io.scorebook.documents.Value.Mapping;
import io.scorebook.engine.reference.GivenRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the rows of source tables by their contracts: what a load would reject no test can rest
/// on. References are not looked at, so that a test has only the tables that it is about.
final class GivenTables {
  private final Contracts contracts;
  private final Findings findings;

  GivenTables(Contracts contracts, Findings findings) {
    this.contracts = contracts;
    this.findings = findings;
  }

  /// Tables by `namespace.name`.
  Map<String, GivenRows.Table> read(Mapping tables) {
    Map<String, GivenRows.Table> read = new LinkedHashMap<>();
    tables
        .entries()
        .forEach((name, rows) -> {
          Optional<Contract> contract = contracts.find(name);
          if (contract.isEmpty()) {
            findings.error(
                tables.locationOf(name),
                "Cannot find the contract of table '%s'".formatted(name),
                Suggestions.clause(
                    name, contracts.inLoadOrder().stream().map(c -> c.table().name()).toList()));
          }
          contract.ifPresent(found -> read.put(found.table().toString(), table(found, rows)));
        });
    return read;
  }

  private GivenRows.Table table(Contract contract, Value value) {
    List<String> fields = List.copyOf(contract.namesOfFields());
    WrittenRows written =
        WrittenRows.read(value, "table '%s'".formatted(contract.table().name()), findings);
    for (String column : written.columns()) {
      if (!fields.contains(column)) {
        findings.error(
            value.location(),
            "Cannot find the column '%s' of table '%s'".formatted(column, contract.table().name()),
            Suggestions.clause(column, fields));
      }
    }
    var reader = new ContractRows(contract);
    var keys = new HashSet<List<@Nullable Object>>();
    var names = new HashSet<@Nullable Object>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (WrittenRows.Row row : written.rows()) {
      switch (reader.read(texts(row))) {
        case ContractRows.Reading.Rejected(var reasons) ->
            findings.error(
                row.location(),
                "Invalid row of table '%s': %s"
                    .formatted(contract.table().name(), String.join("; ", reasons)));
        case ContractRows.Reading.Typed(var values) -> {
          rows.add(values);
          checkUnique(contract, row, picked(fields, values, contract.primaryKey()), keys);
          contract
              .distinctNames()
              .ifPresent(distinct -> {
                @Nullable Object name = values[fields.indexOf(distinct.field())];
                if (name != null && !names.add(name)) {
                  findings.error(
                      row.location(),
                      "Cannot have two rows of table '%s' with %s '%s': a load makes them distinct"
                          .formatted(contract.table().name(), distinct.field(), name));
                }
              });
        }
      }
    }
    return new GivenRows.Table(fields, rows);
  }

  private void checkUnique(
      Contract contract,
      WrittenRows.Row row,
      List<@Nullable Object> key,
      Set<List<@Nullable Object>> keys) {
    if (!keys.add(key)) {
      findings.error(
          row.location(),
          "Cannot have two rows of table '%s' with the key %s = %s"
              .formatted(contract.table().name(), contract.primaryKey(), key));
    }
  }

  private static Map<String, String> texts(WrittenRows.Row row) {
    Map<String, String> texts = new HashMap<>();
    row.values()
        .forEach((column, scalar) -> {
          if (!scalar.isNull()) {
            texts.put(column, scalar.text());
          }
        });
    return texts;
  }

  private static List<@Nullable Object> picked(
      List<String> fields, @Nullable Object[] values, List<String> wanted) {
    var picked = new ArrayList<@Nullable Object>();
    wanted.forEach(name -> picked.add(values[fields.indexOf(name)]));
    return picked;
  }
}
