package io.scorebook.engine.draft.document;

import io.scorebook.engine.draft.guess.DraftColumn;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.Guesses;
import io.scorebook.engine.draft.guess.Link;
import io.scorebook.engine.draft.guess.Names;
import io.scorebook.engine.draft.guess.RoleGuess;
import io.scorebook.engine.draft.guess.RoleGuess.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a model of the tables has: fields, what each relationship shows under which name, and
/// metrics. No name leads to two things.
public final class ModelPlan {
  private static final int MOST_SEEN = 200;

  private final Guesses guesses;
  private final Map<String, List<ModelField>> fields = new LinkedHashMap<>();
  private final Map<Link, Map<String, String>> exposed = new LinkedHashMap<>();
  private final Map<String, Map<String, Seen>> seen = new HashMap<>();
  private final List<ModelMetric> metrics = new ArrayList<>();

  /// A field of a dataset.
  public record ModelField(String name, DraftColumn column, RoleGuess role) {
    public boolean isDimension() {
      return switch (role.role()) {
        case IDENTIFIER, TIME, DIMENSION -> true;
        case SUM, AVERAGE, LEFT_OUT -> false;
      };
    }
  }

  /// A dimension as a dataset sees it.
  ///
  /// @param path the links that lead to it, none for the dataset's own
  public record Seen(String name, DraftTable table, ModelField field, List<Link> path) {}

  /// How a metric aggregates.
  public enum Aggregate {
    COUNT,
    SUM,
    AVG
  }

  /// @param field of the table
  public record ModelMetric(String name, DraftTable table, Aggregate aggregate, ModelField field) {
    String expression() {
      return "%s(%s.%s)".formatted(aggregate, table.name(), field.name());
    }
  }

  public ModelPlan(Guesses guesses) {
    this.guesses = guesses;
    guesses.tables().forEach(table -> fields.put(table.name(), fieldsOf(table)));
    guesses.tables().forEach(this::see);
    addMetrics();
  }

  public Guesses guesses() {
    return guesses;
  }

  public List<ModelField> fields(DraftTable table) {
    return fields.getOrDefault(table.name(), List.of());
  }

  /// The names that a link shows, each with the name that it has there.
  public Map<String, String> exposed(Link link) {
    return exposed.getOrDefault(link, Map.of());
  }

  /// The dimensions of questions about a table's metrics, by name.
  public Map<String, Seen> dimensions(DraftTable table) {
    return seen.getOrDefault(table.name(), Map.of());
  }

  public List<ModelMetric> metrics() {
    return metrics;
  }

  public List<ModelMetric> metrics(DraftTable table) {
    return metrics.stream().filter(metric -> metric.table().equals(table)).toList();
  }

  private static List<ModelField> fieldsOf(DraftTable table) {
    Set<String> taken = new HashSet<>();
    table.columns().forEach(column -> taken.add(column.name()));
    var fields = new ArrayList<ModelField>();
    for (DraftColumn column : table.columns()) {
      RoleGuess role = table.role(column);
      if (role.role() == Role.LEFT_OUT) {
        continue;
      }
      boolean plain = Names.isPlain(column.name());
      String name = plain ? Names.unique(table.one() + "_" + column.name(), taken) : column.name();
      fields.add(new ModelField(name, column, role));
    }
    return fields;
  }

  /// What a table sees, after those that it leads to.
  private Map<String, Seen> see(DraftTable table) {
    Map<String, Seen> known = seen.get(table.name());
    if (known != null) {
      return known;
    }
    var own = new LinkedHashMap<String, Seen>();
    Set<String> taken = new HashSet<>(Set.of("grouping"));
    for (ModelField field : fields(table)) {
      taken.add(field.name());
      if (field.isDimension()) {
        own.put(field.name(), new Seen(field.name(), table, field, List.of()));
      }
    }
    for (Link link : guesses.from(table)) {
      DraftTable to = guesses.table(link.to());
      var shown = new LinkedHashMap<String, String>();
      for (Seen there : see(to).values()) {
        if (there.field().role().role() == Role.IDENTIFIER || shown.size() >= MOST_SEEN) {
          continue; // an identifier is seen where it refers
        }
        String name = freeName(there.name(), link, taken);
        if (!name.isEmpty()) {
          taken.add(name);
          shown.put(name, there.name());
          var path = new ArrayList<>(List.of(link));
          path.addAll(there.path());
          own.put(name, new Seen(name, there.table(), there.field(), List.copyOf(path)));
        }
      }
      exposed.put(link, shown);
    }
    seen.put(table.name(), own);
    return own;
  }

  /// The name, with what tells the link from others where that is needed; empty where none is free.
  private static String freeName(String name, Link link, Set<String> taken) {
    String row = Names.ofOneRow(link.to());
    List<String> names =
        link.role().isEmpty()
            ? List.of(name, row + "_" + name)
            : List.of(link.role() + "_" + name, link.role() + "_" + row + "_" + name);
    return names.stream().filter(free -> !taken.contains(free)).findFirst().orElse("");
  }

  private void addMetrics() {
    Set<String> taken = new HashSet<>(Set.of("grouping"));
    seen.values().forEach(names -> taken.addAll(names.keySet()));
    for (DraftTable table : guesses.tables()) {
      String key = table.key().columns().getFirst().name();
      ModelField counted =
          fields(table).stream()
              .filter(field -> field.column().name().equals(key))
              .findFirst()
              .orElseThrow();
      add(table.one() + "_count", table, Aggregate.COUNT, counted, taken);
    }
    for (DraftTable table : guesses.tables()) {
      for (ModelField field : fields(table)) {
        switch (field.role().role()) {
          case SUM -> {
            String name = Names.isReserved(field.name()) ? "total_" + field.name() : field.name();
            add(name, table, Aggregate.SUM, field, taken);
          }
          case AVERAGE -> add("avg_" + field.name(), table, Aggregate.AVG, field, taken);
          case IDENTIFIER, TIME, DIMENSION, LEFT_OUT -> {}
        }
      }
    }
  }

  private void add(
      String name, DraftTable table, Aggregate aggregate, ModelField field, Set<String> taken) {
    String free = taken.contains(name) ? table.one() + "_" + name : name;
    metrics.add(new ModelMetric(Names.unique(free, taken), table, aggregate, field));
  }
}
