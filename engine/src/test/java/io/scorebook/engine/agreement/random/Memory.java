package io.scorebook.engine.agreement.random;

import io.scorebook.engine.agreement.random.Formula.Condition;
import io.scorebook.engine.agreement.random.Formula.Operand;
import io.scorebook.engine.agreement.random.World.Link;
import io.scorebook.engine.agreement.random.World.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of all datasets, and what stands in them.
final class Memory {
  private final World world;
  private final Reach reach;
  private final Map<String, List<Row>> rows = new HashMap<>();

  Memory(World world, Reach reach) {
    this.world = world;
    this.reach = reach;
    for (Source source : world.sources()) {
      var all = new ArrayList<Row>();
      for (List<@Nullable Object> values : source.table().rows()) {
        var row = new Row(source, values.stream().map(Values::stored).toList());
        if (source.where().isEmpty() || Boolean.TRUE.equals(holds(row, source.where().get()))) {
          all.add(row);
        }
      }
      rows.put(source.name(), all);
    }
  }

  /// A row of a dataset.
  static final class Row {
    private final Source source;
    private final List<@Nullable Object> values;

    Row(Source source, List<@Nullable Object> values) {
      this.source = source;
      this.values = values;
    }

    @Nullable Object column(String name) {
      return values.get(source.table().place(name));
    }

    List<@Nullable Object> columns(List<String> names) {
      var all = new ArrayList<@Nullable Object>();
      names.forEach(name -> all.add(column(name)));
      return all;
    }

    @Nullable Object field(String name) {
      return column(source.field(name).column());
    }
  }

  List<Row> rows(Source source) {
    return Objects.requireNonNull(rows.get(source.name()));
  }

  /// The value of a field at the end of relationships; NULL where they lead nowhere.
  @Nullable Object at(Row row, List<Link> links, String field) {
    Row end = end(row, links);
    return end == null ? null : end.field(field);
  }

  /// The row at the end of relationships, or null where they lead nowhere.
  @Nullable Row end(Row row, List<Link> links) {
    Row at = row;
    for (Link link : links) {
      at = behind(at, link);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  /// A key of which any part is NULL leads nowhere.
  private @Nullable Row behind(Row row, Link link) {
    List<@Nullable Object> key = row.columns(link.fromColumns());
    if (key.contains(null)) {
      return null;
    }
    return rows(world.source(link.to())).stream()
        .filter(candidate -> candidate.columns(link.toColumns()).equals(key))
        .findFirst()
        .orElse(null);
  }

  /// A dimension's value, without a grain.
  @Nullable Object dimension(Row row, String name) {
    Reach.Route route = reach.named(row.source, name).getFirst();
    return at(row, route.links(), route.field().name());
  }

  @Nullable Object operand(Row row, Operand operand) {
    Object value = at(row, reach.paths(row.source, operand.dataset()).getFirst(), operand.field());
    if (value == null || (operand.times() == 1 && operand.plus() == 0)) {
      return value;
    }
    return Values.stored(
        ((BigDecimal) value)
            .multiply(BigDecimal.valueOf(operand.times()))
            .add(BigDecimal.valueOf(operand.plus())));
  }

  /// True, false, or null for unknown.
  @Nullable Boolean holds(Row row, Condition condition) {
    return switch (condition) {
      case Condition.Compared(Operand operand, String operator, Object constant) ->
          compare(operator, operand(row, operand), constant);
      case Condition.Holds(Operand operand) -> (Boolean) operand(row, operand);
      case Condition.IsNull(Operand operand) -> operand(row, operand) == null;
      case Condition.Not(Condition of) -> not(holds(row, of));
      case Condition.Several(boolean all, List<Condition> of) ->
          several(all, of.stream().map(c -> holds(row, c)).toList());
    };
  }

  static @Nullable Boolean compare(String operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    int order = Values.compare(left, right);
    return switch (operator) {
      case "=" -> order == 0;
      case "!=", "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  static @Nullable Boolean not(@Nullable Boolean truth) {
    return truth == null ? null : !truth;
  }

  /// One that decides decides; else one that is unknown leaves all unknown.
  static @Nullable Boolean several(boolean all, List<@Nullable Boolean> truths) {
    boolean unknown = false;
    for (Boolean truth : truths) {
      if (truth == null) {
        unknown = true;
      } else if (truth != all) {
        return truth;
      }
    }
    return unknown ? null : Boolean.valueOf(all);
  }
}
