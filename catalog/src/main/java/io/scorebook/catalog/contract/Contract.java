package io.scorebook.catalog.contract;

import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// What a table promises about its rows, and how files are read into it. Written as an Avro schema;
/// `docs/contracts.md` describes the form.
///
/// A contract that exists is consistent: every column it names is a field of its own.
///
/// @param primaryKey one row for each value of these, never empty
/// @param references what must exist in other tables
/// @param sortOrder how each data file is sorted, ascending; the primary key ends it
/// @param files names of files (without `.gz`) that hold rows of this table in a folder of sources,
///   in the order in which they are read
/// @param location where the contract stands, for messages
public record Contract(
    TableName table,
    Optional<String> doc,
    List<Field> fields,
    List<String> primaryKey,
    List<Reference> references,
    List<String> sortOrder,
    List<Partitioning> partitioning,
    OnConflict onConflict,
    Optional<DistinctNames> distinctNames,
    List<String> files,
    Location location) {

  public Contract {
    fields = List.copyOf(fields);
    primaryKey = List.copyOf(primaryKey);
    references = List.copyOf(references);
    sortOrder = List.copyOf(sortOrder);
    partitioning = List.copyOf(partitioning);
    files = List.copyOf(files);
  }

  /// Reads one `.avsc` file; all that is wrong with it becomes findings, and with an error there is
  /// no contract.
  ///
  /// @param name how findings call the file, usually its path below the domain's folder
  public static Optional<Contract> read(Path file, String name, Findings findings) {
    return Document.read(file, name, findings)
        .flatMap(value -> ContractReader.read(value, file.getFileName().toString(), findings))
        .filter(contract -> isAvro(file, contract, findings));
  }

  /// Other tools read the file too: it must be a schema by Avro's own rules.
  private static boolean isAvro(Path file, Contract contract, Findings findings) {
    try {
      new Schema.Parser().parse(file.toFile());
      return true;
    } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
      findings.error(contract.location(), "Invalid Avro schema: " + e.getMessage());
      return false;
    }
  }

  /// The field of this name; an unknown one is a broken invariant.
  public Field field(String name) {
    return findField(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Invalid field '%s' of the contract %s".formatted(name, table)));
  }

  public Optional<Field> findField(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  public Set<String> namesOfFields() {
    return fields.stream().map(Field::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// A column.
  ///
  /// @param required whether NULL is refused
  /// @param mayBeMissing whether a file may lack the column altogether; its values are NULL then
  /// @param aliases what files call it, besides its name; compared without regard to case
  /// @param unit of the values, as `points` or `minutes`
  /// @param pii what of a person it tells, as `name`; absent for nothing
  /// @param min the least value allowed
  /// @param max the greatest value allowed
  public record Field(
      String name,
      ColumnType type,
      boolean required,
      boolean mayBeMissing,
      List<String> aliases,
      Optional<String> doc,
      Optional<String> unit,
      Optional<String> pii,
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      Optional<Format> format,
      Location location) {

    public Field {
      aliases = List.copyOf(aliases);
    }
  }

  /// How a text stands for a value, where that is not the usual way of its type.
  public enum Format {
    /// `31:07` or `31` or `31.5`: minutes as a double.
    MINUTES
  }

  /// Each value of `fields`, where none of it is NULL, is a value of `toFields` in the table `to`
  /// of the same namespace.
  public record Reference(
      List<String> fields, String to, List<String> toFields, Location location) {
    public Reference {
      fields = List.copyOf(fields);
      toFields = List.copyOf(toFields);
    }
  }

  /// How files are divided: by the value itself or by a span of time.
  public record Partitioning(Transform transform, String field) {
    public enum Transform {
      IDENTITY,
      YEAR,
      MONTH,
      DAY
    }
  }

  /// What becomes of a row whose key is there already with other content.
  public enum OnConflict {
    /// It is rejected and told; for facts, where one of the two must be wrong.
    REJECT,
    /// It is left out and counted; for descriptions that many source rows repeat, spelt now so, now
    /// otherwise. The first stays.
    KEEP_FIRST
  }

  /// Two rows that share a name keep both, the later one as `NAME (WITH)`: so that who groups by
  /// the name never adds up two.
  public record DistinctNames(String field, String with) {}
}
