package io.scorebook.catalog.contract;

import io.scorebook.catalog.contract.Contract.DistinctNames;
import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.OnConflict;
import io.scorebook.catalog.contract.Contract.Partitioning;
import io.scorebook.catalog.contract.Contract.Partitioning.Transform;
import io.scorebook.catalog.contract.Contract.Reference;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a contract out of its document, and checks that it agrees with itself.
final class ContractReader {
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "name",
          "namespace",
          "doc",
          "fields",
          "primaryKey",
          "references",
          "sortOrder",
          "partitioning",
          "onConflict",
          "distinctNames",
          "files");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((\\w+)\\)");
  private static final Set<ColumnType> TIMES =
      Set.of(Simple.DATE, Simple.TIMESTAMP, Simple.TIMESTAMP_TZ);
  private static final Set<ColumnType> PARTITION_VALUES =
      Set.of(Simple.BOOLEAN, Simple.INTEGER, Simple.LONG, Simple.STRING, Simple.DATE);

  private final Findings findings;
  private final Value.Mapping document;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  private ContractReader(Value.Mapping document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  static Optional<Contract> read(Value value, String fileName, Findings findings) {
    var own = new Findings(); // so that another document's errors do not lose this contract
    Optional<Contract> contract =
        value
            .asMapping("contract", own)
            .flatMap(mapping -> new ContractReader(mapping, own).contract(fileName));
    own.toList().forEach(findings::add);
    return own.toList().stream().anyMatch(Finding::isError) ? Optional.empty() : contract;
  }

  private Optional<Contract> contract(String fileName) {
    document.allowOnly(KEYS, findings);
    if (!document.text("type", findings).equals("record")) {
      findings.error(document.locationOf("type"), "Invalid 'type': a contract is a record");
    }
    String name = word("name");
    String namespace = word("namespace");
    if (!fileName.equals(name + ".avsc")) {
      findings.error(
          document.locationOf("name"),
          "Cannot find the table '%s' in a file called %s".formatted(name, fileName),
          "call the file %s.avsc".formatted(name));
    }
    readFields();
    List<String> key = columns("primaryKey", document);
    checkKey(key);
    var contract =
        new Draft(
            key,
            references(),
            sortOrder(key),
            partitioning(),
            onConflict(),
            distinctNames(),
            document.texts("files", findings));
    if (findings.hasErrors()) {
      return Optional.empty();
    }
    return Optional.of(
        new Contract(
            new TableName(namespace, name),
            document.findText("doc", findings),
            List.copyOf(fields.values()),
            contract.key,
            contract.references,
            contract.sortOrder,
            contract.partitioning,
            contract.onConflict,
            contract.distinctNames,
            contract.files,
            document.location()));
  }

  private record Draft(
      List<String> key,
      List<Reference> references,
      List<String> sortOrder,
      List<Partitioning> partitioning,
      OnConflict onConflict,
      Optional<DistinctNames> distinctNames,
      List<String> files) {}

  private String word(String key) {
    String text = document.text(key, findings);
    if (!text.isEmpty() && !TableName.isWord(text)) {
      findings.error(
          document.locationOf(key),
          "Invalid '%s': '%s' must be letters, digits and underscores".formatted(key, text));
    }
    return text;
  }

  private void readFields() {
    List<Value.Mapping> written = document.mappings("fields", findings);
    if (written.isEmpty()) {
      findings.error(document.locationOf("fields"), "Cannot use a contract without 'fields'");
    }
    var reader = new FieldReader(findings);
    var names = new HashMap<String, String>();
    for (Value.Mapping mapping : written) {
      reader
          .read(mapping)
          .ifPresent(field -> {
            claim(names, field, field.name());
            field.aliases().forEach(alias -> claim(names, field, alias));
            fields.putIfAbsent(field.name(), field);
          });
    }
  }

  /// A column of a file must lead to one field.
  private void claim(Map<String, String> names, Field field, String name) {
    String other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), field.name());
    if (other != null && (!other.equals(field.name()) || fields.containsKey(field.name()))) {
      findings.error(
          field.location(),
          "Cannot use the name '%s' for the field '%s': '%s' has it already"
              .formatted(name, field.name(), other));
    }
  }

  private List<String> columns(String key, Value.Mapping mapping) {
    var columns = new ArrayList<String>();
    for (Value item : mapping.items(key, findings)) {
      if (item instanceof Value.Scalar(Location place, String text, _)) {
        if (checkField(place, key, text) && columns.contains(text)) {
          findings.error(place, "Cannot name '%s' twice in '%s'".formatted(text, key));
        }
        columns.add(text);
      } else {
        findings.error(item.location(), "Invalid item of '%s': must be a text".formatted(key));
      }
    }
    return columns;
  }

  private boolean checkField(Location place, String key, String name) {
    if (fields.containsKey(name)) {
      return true;
    }
    findings.error(
        place,
        "Cannot find the field '%s' that '%s' names".formatted(name, key),
        Suggestions.clause(name, fields.keySet()));
    return false;
  }

  private void checkKey(List<String> key) {
    if (key.isEmpty()) {
      findings.error(
          document.locationOf("primaryKey"),
          "Cannot use a contract without a 'primaryKey'",
          "name the fields of which each value has one row");
    }
    for (String name : key) {
      Field field = fields.get(name);
      if (field == null) {
        continue;
      }
      if (!field.required()) {
        findings.error(
            field.location(), "Cannot have the nullable '%s' in the key".formatted(name));
      }
      if (field.type() == Simple.FLOAT || field.type() == Simple.DOUBLE) {
        findings.error(
            field.location(),
            "Cannot have '%s' in the key: a %s is not exact".formatted(name, field.type()));
      }
    }
  }

  private List<Reference> references() {
    var references = new ArrayList<Reference>();
    for (Value.Mapping mapping : document.mappings("references", findings)) {
      mapping.allowOnly(Set.of("fields", "to", "toFields"), findings);
      List<String> from = columns("fields", mapping);
      List<String> to = mapping.texts("toFields", findings);
      String table = mapping.text("to", findings);
      if (from.isEmpty()) {
        findings.error(mapping.location(), "Cannot find the required 'fields' of the reference");
      }
      if (!to.isEmpty() && to.size() != from.size()) {
        findings.error(
            mapping.location(), "Invalid reference: 'fields' and 'toFields' differ in number");
      }
      references.add(new Reference(from, table, to.isEmpty() ? from : to, mapping.location()));
    }
    return references;
  }

  /// As written, with the key behind it, so that the order is the same each time.
  private List<String> sortOrder(List<String> key) {
    var order = new LinkedHashSet<String>(columns("sortOrder", document));
    order.addAll(key);
    return List.copyOf(order);
  }

  private List<Partitioning> partitioning() {
    var partitioning = new ArrayList<Partitioning>();
    for (Value item : document.items("partitioning", findings)) {
      if (!(item instanceof Value.Scalar(Location place, String text, _))) {
        findings.error(item.location(), "Invalid item of 'partitioning': must be a text");
        continue;
      }
      var call = CALL.matcher(text);
      String column = call.matches() ? call.group(2) : text;
      Optional<Transform> transform = transform(place, call.matches() ? call.group(1) : "identity");
      if (checkField(place, "partitioning", column) && transform.isPresent()) {
        checkPartition(place, transform.get(), column);
        partitioning.add(new Partitioning(transform.get(), column));
      }
    }
    return partitioning;
  }

  private Optional<Transform> transform(Location place, String name) {
    for (Transform transform : Transform.values()) {
      if (transform.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(transform);
      }
    }
    findings.error(
        place,
        "Cannot partition by '%s'".formatted(name),
        "write a field, or year(FIELD), month(FIELD), day(FIELD)");
    return Optional.empty();
  }

  private void checkPartition(Location place, Transform transform, String column) {
    Field field = fields.get(column);
    Set<ColumnType> allowed = transform == Transform.IDENTITY ? PARTITION_VALUES : TIMES;
    if (field != null && !allowed.contains(field.type())) {
      findings.error(
          place,
          "Cannot partition by %s of '%s', a %s"
              .formatted(transform.name().toLowerCase(Locale.ROOT), column, field.type()),
          transform == Transform.IDENTITY
              ? "use an int, long, string, boolean or date"
              : "use a date or timestamp");
    }
  }

  private OnConflict onConflict() {
    String text = document.findText("onConflict", findings).orElse("reject");
    return switch (text) {
      case "reject" -> OnConflict.REJECT;
      case "keepFirst" -> OnConflict.KEEP_FIRST;
      default -> {
        findings.error(
            document.locationOf("onConflict"),
            "Invalid 'onConflict': '%s'".formatted(text),
            Suggestions.clause(text, List.of("reject", "keepFirst")));
        yield OnConflict.REJECT;
      }
    };
  }

  private Optional<DistinctNames> distinctNames() {
    return document
        .findMapping("distinctNames", findings)
        .flatMap(mapping -> {
          mapping.allowOnly(Set.of("field", "with"), findings);
          String field = mapping.text("field", findings);
          String with = mapping.text("with", findings);
          boolean known =
              checkField(mapping.locationOf("field"), "distinctNames", field)
                  & checkField(mapping.locationOf("with"), "distinctNames", with);
          if (!known) {
            return Optional.empty();
          }
          Field named = fields.get(field);
          if (named != null && named.type() != Simple.STRING) {
            findings.error(
                mapping.locationOf("field"),
                "Cannot make '%s' distinct: no string".formatted(field));
          }
          return Optional.of(new DistinctNames(field, with));
        });
  }
}
