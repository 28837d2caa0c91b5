package io.scorebook.catalog.policy;

import io.scorebook.catalog.policy.RowRule.Effect;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads what a policies document says of one table.
final class TableRulesReader {
  private static final Set<String> KEYS = Set.of("rows", "columns", "description");
  private static final Set<String> ROW_KEYS =
      Set.of("name", "who", "purpose", "where", "only", "description");
  private static final List<String> MASKS =
      List.of("null", "hash", "partial", "bucket", "constant");
  private static final Set<String> COLUMN_KEYS =
      Set.of("deny", "mask", "except", "purpose", "first", "last", "size", "value", "description");

  private final Findings findings;
  private final PolicyNames names;

  TableRulesReader(Findings findings, PolicyNames names) {
    this.findings = findings;
    this.names = names;
  }

  Optional<TableRules> read(String table, Value.Mapping rules) {
    rules.allowOnly(KEYS, findings);
    rules.findText("description", findings);
    if (!rules.entries().containsKey("rows") && !rules.entries().containsKey("columns")) {
      findings.error(rules.location(), "Cannot find 'rows' or 'columns' of '%s'".formatted(table));
    }
    Optional<List<RowRule>> rows =
        rules.entries().containsKey("rows") ? Optional.of(rows(table, rules)) : Optional.empty();
    var columns = new HashMap<String, ColumnRule>();
    rules
        .findMapping("columns", findings)
        .ifPresent(found ->
            found
                .entries()
                .forEach((column, value) ->
                    value
                        .asMapping("'%s' of 'columns'".formatted(column), findings)
                        .flatMap(rule -> column(column, rule))
                        .ifPresent(rule -> columns.put(column, rule))));
    return Optional.of(new TableRules(table, rows, columns, rules.location()));
  }

  /// `rows: []` shows nobody a row; `rows:` with nothing behind it is a mistake.
  private List<RowRule> rows(String table, Value.Mapping rules) {
    if (rules.find("rows").isEmpty()) {
      findings.error(
          rules.locationOf("rows"),
          "Cannot use 'rows' without a value",
          "list the rules, or write rows: [] to show no row");
    }
    var read = new ArrayList<RowRule>();
    var taken = new HashSet<String>();
    List<Value.Mapping> written = rules.mappings("rows", findings);
    for (int i = 0; i < written.size(); i++) {
      row(table, written.get(i), i + 1, taken).ifPresent(read::add);
    }
    return read;
  }

  private Optional<RowRule> row(String table, Value.Mapping rule, int place, Set<String> taken) {
    rule.allowOnly(ROW_KEYS, findings);
    rule.findText("description", findings);
    String name =
        rule.findText("name", findings).orElse("%s rows, rule %d".formatted(table, place));
    if (name.isBlank() || !taken.add(name)) {
      findings.error(rule.locationOf("name"), "Cannot use the name '%s' twice".formatted(name));
    }
    Optional<Set<String>> who = names.groups(rule, "who");
    Set<String> purposes = names.purposes(rule);
    List<Effect> effects =
        Arrays.stream(Effect.values()).filter(e -> rule.find(e.key()).isPresent()).toList();
    if (effects.size() != 1) {
      findings.error(
          rule.location(),
          "Cannot find one of 'where' and 'only'",
          "'where' shows rows, 'only' keeps back all others; a rule has one of them");
      return Optional.empty();
    }
    Effect effect = effects.getFirst();
    Optional<String> condition = rule.findText(effect.key(), findings);
    return who.flatMap(groups ->
        condition.map(sql ->
            new RowRule(
                name, new Audience(groups, purposes), effect, sql, rule.locationOf(effect.key()))));
  }

  private Optional<ColumnRule> column(String column, Value.Mapping rule) {
    rule.allowOnly(COLUMN_KEYS, findings);
    rule.findText("description", findings);
    Audience except = names.except(rule);
    boolean denies = rule.entries().containsKey("deny");
    boolean masks = rule.entries().containsKey("mask");
    if (denies == masks) {
      findings.error(
          rule.location(),
          "Cannot find one of 'deny' and 'mask' of '%s'".formatted(column),
          "write deny: true, or a mask: " + String.join(", ", MASKS));
      return Optional.empty();
    }
    if (denies) {
      allow(rule, "deny: true", Set.of());
      Optional<Boolean> value = rule.findBoolean("deny", findings);
      if (value.filter(Boolean::booleanValue).isEmpty()) {
        findings.error(
            rule.locationOf("deny"), "Invalid 'deny': must be true", "remove it to show all");
      }
      return Optional.of(new ColumnRule(column, Optional.empty(), except, rule.location()));
    }
    return mask(rule)
        .map(mask -> new ColumnRule(column, Optional.of(mask), except, rule.location()));
  }

  private Optional<Mask> mask(Value.Mapping rule) {
    String kind =
        rule.entries().get("mask") instanceof Value.Scalar scalar
            ? scalar.isNull() ? "null" : scalar.text()
            : "";
    return switch (kind) {
      case "null" -> allow(rule, kind, Set.of()).map(_ -> new Mask.Nothing());
      case "hash" -> allow(rule, kind, Set.of()).map(_ -> new Mask.Hash());
      case "partial" -> allow(rule, kind, Set.of("first", "last")).flatMap(_ -> partial(rule));
      case "bucket" -> allow(rule, kind, Set.of("size")).flatMap(_ -> bucket(rule));
      case "constant" ->
          allow(rule, kind, Set.of("value"))
              .map(_ -> new Mask.Constant(rule.text("value", findings)));
      default -> {
        findings.error(
            rule.locationOf("mask"),
            "Cannot find the mask '%s'".formatted(kind),
            Suggestions.clause(kind, MASKS));
        yield Optional.empty();
      }
    };
  }

  private Optional<Mask> partial(Value.Mapping rule) {
    int first = rule.findInteger("first", findings).orElse(0);
    int last = rule.findInteger("last", findings).orElse(0);
    if (first < 0 || last < 0 || first + last == 0 || first > 100 || last > 100) {
      findings.error(
          rule.location(),
          "Invalid mask 'partial': must keep between 1 and 100 characters",
          "write first: 1, or last: 4, or both");
      return Optional.empty();
    }
    return Optional.of(new Mask.Partial(first, last));
  }

  private Optional<Mask> bucket(Value.Mapping rule) {
    String size = rule.text("size", findings);
    for (Mask.Period.Unit unit : Mask.Period.Unit.values()) {
      if (size.toLowerCase(Locale.ROOT).equals(unit.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(new Mask.Period(unit));
      }
    }
    try {
      var width = new BigDecimal(size);
      if (width.signum() > 0 && width.precision() <= 18 && Math.abs(width.scale()) <= 18) {
        return Optional.of(new Mask.Bucket(width));
      }
    } catch (NumberFormatException _) {
      // said below
    }
    findings.error(
        rule.locationOf("size"),
        "Invalid 'size': must be a number above 0, or month, quarter or year");
    return Optional.empty();
  }

  /// Words of another mask would be passed over.
  private Optional<Value.Mapping> allow(Value.Mapping rule, String kind, Set<String> own) {
    boolean fits = true;
    for (String key : List.of("first", "last", "size", "value")) {
      if (rule.entries().containsKey(key) && !own.contains(key)) {
        findings.error(rule.locationOf(key), "Cannot use '%s' with '%s'".formatted(key, kind));
        fits = false;
      }
    }
    return fits ? Optional.of(rule) : Optional.empty();
  }
}
