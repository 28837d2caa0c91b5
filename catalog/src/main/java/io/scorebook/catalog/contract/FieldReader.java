package io.scorebook.catalog.contract;

import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.Format;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads one field of a contract.
final class FieldReader {
  private static final Set<String> KEYS =
      Set.of(
          "name", "type", "doc", "default", "aliases", "order", "unit", "pii", "min", "max",
          "format");
  private static final Set<Simple> NUMBERS =
      Set.of(Simple.INTEGER, Simple.LONG, Simple.FLOAT, Simple.DOUBLE);
  private static final int MAX_PRECISION = 38;
  private static final String TYPES =
      "use boolean, int, long, float, double, string, or one of the logical types date (of int),"
          + " timestamp-micros and local-timestamp-micros (of long), decimal (of bytes)";

  private final Findings findings;

  FieldReader(Findings findings) {
    this.findings = findings;
  }

  Optional<Field> read(Value.Mapping mapping) {
    mapping.allowOnly(KEYS, findings);
    String name = mapping.text("name", findings);
    if (!name.isEmpty() && !TableName.isWord(name)) {
      findings.error(
          mapping.locationOf("name"),
          "Invalid field name '%s': must be letters, digits and underscores".formatted(name));
    }
    if (name.startsWith("__")) {
      findings.error(
          mapping.locationOf("name"),
          "Cannot use the field name '%s': a name must not begin with two underscores"
              .formatted(name));
    }
    if (mapping.find("type").isEmpty()) {
      findings.error(mapping.location(), "Cannot find the required 'type'");
      return Optional.empty();
    }
    Value written = mapping.find("type").get();
    boolean nullable = written instanceof Value.Sequence;
    Optional<ColumnType> type =
        written instanceof Value.Sequence union ? ofUnion(union) : type(written);
    boolean hasDefault = hasNullDefault(mapping, nullable);
    return type.map(known ->
        new Field(
            name,
            known,
            !nullable,
            hasDefault,
            mapping.texts("aliases", findings),
            mapping.findText("doc", findings),
            mapping.findText("unit", findings),
            mapping.findText("pii", findings),
            bound(mapping, "min", known),
            bound(mapping, "max", known),
            format(mapping, known),
            mapping.location()));
  }

  private boolean hasNullDefault(Value.Mapping mapping, boolean nullable) {
    Value value = mapping.entries().get("default");
    if (value == null) {
      return false;
    }
    if (!(value instanceof Value.Scalar scalar && scalar.isNull()) || !nullable) {
      findings.error(
          value.location(),
          "Cannot use a default other than null, or one on a field that is not nullable",
          "a default of null says that files may lack the column");
    }
    return true;
  }

  private Optional<ColumnType> ofUnion(Value.Sequence union) {
    var others =
        union.items().stream()
            .filter(item -> !(item instanceof Value.Scalar scalar && scalar.text().equals("null")))
            .toList();
    if (others.size() != 1 || union.items().size() != 2) {
      findings.error(
          union.location(), "Cannot use this union", "write [\"null\", TYPE] for a nullable field");
      return Optional.empty();
    }
    return type(others.getFirst());
  }

  private Optional<ColumnType> type(Value value) {
    return switch (value) {
      case Value.Scalar(_, String text, _) -> primitive(value, text);
      case Value.Mapping mapping -> logical(mapping);
      case Value.Sequence sequence -> {
        findings.error(sequence.location(), "Cannot use a union within a union");
        yield Optional.empty();
      }
    };
  }

  private Optional<ColumnType> primitive(Value value, String text) {
    return switch (text) {
      case "boolean" -> Optional.of(Simple.BOOLEAN);
      case "int" -> Optional.of(Simple.INTEGER);
      case "long" -> Optional.of(Simple.LONG);
      case "float" -> Optional.of(Simple.FLOAT);
      case "double" -> Optional.of(Simple.DOUBLE);
      case "string" -> Optional.of(Simple.STRING);
      default -> {
        findings.error(value.location(), "Cannot use the type '%s'".formatted(text), TYPES);
        yield Optional.empty();
      }
    };
  }

  private Optional<ColumnType> logical(Value.Mapping mapping) {
    mapping.allowOnly(Set.of("type", "logicalType", "precision", "scale"), findings);
    String base = mapping.text("type", findings);
    Optional<String> logical = mapping.findText("logicalType", findings);
    if (logical.isEmpty()) {
      return primitive(mapping, base);
    }
    return switch (base + " " + logical.get()) {
      case "int date" -> Optional.of(Simple.DATE);
      case "long timestamp-micros" -> Optional.of(Simple.TIMESTAMP_TZ);
      case "long local-timestamp-micros" -> Optional.of(Simple.TIMESTAMP);
      case "bytes decimal" -> decimal(mapping);
      default -> {
        findings.error(
            mapping.location(),
            "Cannot use the logical type '%s' of '%s'".formatted(logical.get(), base),
            TYPES);
        yield Optional.empty();
      }
    };
  }

  private Optional<ColumnType> decimal(Value.Mapping mapping) {
    int precision = mapping.findInteger("precision", findings).orElse(0);
    int scale = mapping.findInteger("scale", findings).orElse(0);
    if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
      findings.error(
          mapping.location(),
          "Invalid decimal: must have a 'precision' of 1 to 38 and a 'scale' of 0 to it");
      return Optional.empty();
    }
    return Optional.of(new ColumnType.Decimal(precision, scale));
  }

  private Optional<BigDecimal> bound(Value.Mapping mapping, String key, ColumnType type) {
    return mapping
        .find(key)
        .flatMap(value -> {
          boolean number = NUMBERS.contains(type) || type instanceof ColumnType.Decimal;
          Object plain = value.toPlain();
          if (number && plain instanceof Number) {
            return Optional.of(new BigDecimal(plain.toString()));
          }
          findings.error(
              value.location(),
              "Invalid '%s': must be a number, on a field that is a number".formatted(key));
          return Optional.empty();
        });
  }

  private Optional<Format> format(Value.Mapping mapping, ColumnType type) {
    Optional<String> text = mapping.findText("format", findings);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().equals(Format.MINUTES.name().toLowerCase(Locale.ROOT))) {
      findings.error(
          mapping.locationOf("format"),
          "Cannot use the format '%s'".formatted(text.get()),
          Suggestions.clause(text.get(), Set.of("minutes")));
      return Optional.empty();
    }
    if (type != Simple.DOUBLE) {
      findings.error(
          mapping.locationOf("format"),
          "Cannot use the format 'minutes' on a field of another type than double");
      return Optional.empty();
    }
    return Optional.of(Format.MINUTES);
  }
}
