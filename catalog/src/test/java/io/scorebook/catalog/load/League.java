package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Findings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;

/// A small invented league: clubs, and matches that reference them; read back through Iceberg's own
/// reader, not through the one that wrote.
final class League {
  static final String CLUBS =
      """
      {"type": "record", "name": "clubs", "namespace": "league", "primaryKey": ["club_id"],
       "onConflict": "keepFirst",
       "distinctNames": {"field": "name", "with": "club_id"},
       "fields": [
         {"name": "club_id", "type": "long", "aliases": ["ID"]},
         {"name": "name", "type": "string"}]}
      """;
  static final String MATCHES =
      """
      {"type": "record", "name": "matches", "namespace": "league", "primaryKey": ["match_id"],
       "references": [{"fields": ["club"], "to": "clubs", "toFields": ["club_id"]}],
       "sortOrder": ["day"], "partitioning": ["year"],
       "fields": [
         {"name": "match_id", "type": "long", "aliases": ["MATCH"]},
         {"name": "day", "type": {"type": "int", "logicalType": "date"}},
         {"name": "year", "type": "int"},
         {"name": "club", "type": ["null", "long"]},
         {"name": "goals", "type": ["null", "int"], "min": 0, "max": 99},
         {"name": "price", "type": ["null",
           {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}],
           "default": null},
         {"name": "minutes", "type": ["null", "double"], "default": null, "format": "minutes"},
         {"name": "note", "type": ["null", "string"], "default": null},
         {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}],
           "default": null},
         {"name": "sold_out", "type": ["null", "boolean"], "default": null}]}
      """;

  final Path folder;
  final Warehouse warehouse;
  final Loader loader;
  final Contract clubs;
  final Contract matches;

  League(Path folder, Warehouse warehouse) {
    this.folder = folder;
    this.warehouse = warehouse;
    this.loader = new Loader(warehouse);
    this.clubs = contract("clubs", CLUBS);
    this.matches = contract("matches", MATCHES);
  }

  Contract contract(String name, String text) {
    var findings = new Findings();
    Path file = write(name + ".avsc", text);
    return Contract.read(file, name + ".avsc", findings)
        .orElseThrow(() -> new AssertionError(findings.toList().toString()));
  }

  /// A league in which three clubs play.
  League withClubs() {
    Loads.loaded(load(clubs, write("clubs.csv", "ID,name\n1,Ash\n2,Birch\n3,Čedr\n")));
    return this;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  LoadResult load(Contract contract, Path file) {
    return loader.load(contract, List.of(file), LoadOptions.DEFAULT);
  }

  LoadResult loadMatches(String csv) {
    return load(matches, write("matches.csv", csv));
  }

  LoadResult loadMatches(String csv, String allowed) {
    return loader.load(
        matches,
        List.of(write("matches.csv", csv)),
        LoadOptions.DEFAULT.allowing(Allowance.parse(allowed)));
  }

  /// The rows of a table as `column=value` texts in order of these columns.
  List<String> rows(TableName table, String... columns) {
    return StoreFailures.attempt(
        "read",
        () -> {
          var rows = new ArrayList<String>();
          try (var records =
              IcebergGenerics.read(warehouse.loadTable(table)).select(columns).build()) {
            for (Record record : records) {
              var values = new ArrayList<String>();
              for (String column : columns) {
                values.add(String.valueOf(record.getField(column)));
              }
              rows.add(String.join("|", values));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return rows.stream().sorted().toList();
        });
  }
}
