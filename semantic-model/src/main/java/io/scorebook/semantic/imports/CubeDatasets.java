package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import io.scorebook.semantic.imports.ColumnTypes.Ground;
import io.scorebook.semantic.imports.CubeSql.Untranslatable;
import io.scorebook.semantic.imports.Draft.Type;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Cubes as datasets, joins as relationships, segments as dimensions that are true or false.
final class CubeDatasets {
  private final String domain;
  private final List<CubeModel> cubes;
  private final Fidelity fidelity;
  private final ColumnTypes types;
  private final CubeSql sql;
  private final Map<String, List<Field>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, List<String>> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  CubeDatasets(String domain, List<CubeModel> cubes, Fidelity fidelity, ColumnTypes types) {
    this.domain = domain;
    this.cubes = cubes;
    this.fidelity = fidelity;
    this.types = types;
    this.sql = new CubeSql(cubes);
    cubes.forEach(this::readFields);
  }

  CubeSql sql() {
    return sql;
  }

  private void readFields(CubeModel cube) {
    fields.put(cube.name(), new ArrayList<>());
    keys.put(cube.name(), new ArrayList<>());
    for (Given dimension : cube.dimensions()) {
      dimension.ignore(
          "title",
          "description",
          "meta",
          "format",
          "suggestions",
          "order",
          "name",
          "type",
          "sql",
          "case");
      String name = cube.name() + "." + dimension.name();
      try {
        readDimension(cube, dimension);
        if (dimension
            .text("public")
            .or(() -> dimension.text("shown"))
            .filter("false"::equals)
            .isPresent()) {
          fidelity.partial("dimension", name, dimension.at(), "it is hidden there, and seen here");
        }
        fidelity.exact("dimension", name, dimension.at());
      } catch (Untranslatable e) {
        fidelity.unsupported("dimension", name, dimension.at(), String.valueOf(e.getMessage()));
      }
    }
    for (Given segment : cube.segments()) {
      segment.ignore("title", "description", "meta", "public", "shown", "name", "sql");
      String name = cube.name() + "." + segment.name();
      try {
        String condition =
            sql.overColumns(
                cube, segment.text("sql").orElseThrow(() -> new Untranslatable("it has no sql")));
        types.use(cube.table(), condition, Type.BOOLEAN, Ground.MEANT);
        put(cube, segment.name(), condition, true, false, segment);
        fidelity.partial(
            "segment",
            name,
            segment.at(),
            "it is a dimension here: filter by '%s' = true".formatted(segment.name()));
      } catch (Untranslatable e) {
        fidelity.unsupported("segment", name, segment.at(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void readDimension(CubeModel cube, Given dimension) throws Untranslatable {
    String written = dimension.text("type").orElse("string");
    boolean isKey = dimension.isTrue("primary_key");
    Type type =
        switch (written) {
          case "string" -> Type.STRING;
          case "number" -> isKey ? Type.LONG : Type.DOUBLE;
          case "time" -> Type.TIMESTAMP;
          case "boolean" -> Type.BOOLEAN;
          default -> throw new Untranslatable("its type is '%s'".formatted(written));
        };
    if (dimension.isTrue("sub_query")) {
      throw new Untranslatable("it is a measure of another cube (sub_query)");
    }
    String expression = sql.overColumns(cube, CubeSql.sqlOf(dimension));
    types.use(cube.table(), expression, type, Ground.MEANT);
    put(cube, dimension.name(), expression, true, written.equals("time"), dimension);
    if (isKey) {
      if (expression.matches("[A-Za-z_]\\w*")) {
        keys.computeIfAbsent(cube.name(), _ -> new ArrayList<>()).add(expression);
      } else {
        fidelity.partial(
            "dimension",
            cube.name() + "." + dimension.name(),
            dimension.at(),
            "it is a key of an expression; a key here is of columns");
      }
    }
  }

  private void put(
      CubeModel cube,
      String name,
      String expression,
      boolean isDimension,
      boolean isTime,
      Given at) {
    fields
        .computeIfAbsent(cube.name(), _ -> new ArrayList<>())
        .add(
            new Field(
                name,
                expression,
                isDimension,
                isTime,
                Optional.empty(),
                Optional.empty(),
                isDimension ? at.text("description") : Optional.empty(),
                List.of(),
                at.at(),
                at.at()));
  }

  /// The field of an expression, `dataset.field`; made where there is none yet.
  String value(CubeModel cube, String expression, String name, Type type, Given at) {
    types.use(cube.table(), expression, type, type == Type.STRING ? Ground.USED : Ground.MEANT);
    List<Field> own = fields.getOrDefault(cube.name(), List.of());
    Optional<Field> same =
        own.stream().filter(field -> field.expression().equals(expression)).findFirst();
    if (same.isPresent()) {
      return cube.name() + "." + same.get().name();
    }
    String free = name;
    while (has(own, free)) {
      free += "_value";
    }
    put(cube, free, expression, false, false, at);
    return cube.name() + "." + free;
  }

  private static boolean has(List<Field> own, String name) {
    return own.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  /// A field that every row has.
  String anyRow(CubeModel cube, Given at) {
    List<String> key = keys.getOrDefault(cube.name(), List.of());
    return value(cube, key.isEmpty() ? "1" : key.getFirst(), "one", Type.LONG, at);
  }

  void addTo(Drafting draft) {
    for (CubeModel cube : cubes) {
      cube.joins().forEach(join -> relate(cube, join, draft));
    }
    for (CubeModel cube : cubes) {
      draft.add(
          new Dataset(
              cube.name(),
              new Dataset.Source.Table(domain, cube.table()),
              keys.getOrDefault(cube.name(), List.of()),
              List.of(),
              fields.getOrDefault(cube.name(), List.of()),
              cube.description(),
              List.of(),
              cube.at()));
    }
  }

  private void relate(CubeModel cube, Given join, Drafting draft) {
    String name = cube.name() + "." + join.name();
    Location at = join.at();
    try {
      CubeModel other =
          cubes.stream()
              .filter(found -> found.name().equalsIgnoreCase(join.name()))
              .findFirst()
              .orElseThrow(
                  () -> new Untranslatable("there is no cube '%s'".formatted(join.name())));
      List<String[]> pairs = sql.columns(cube, other, join.text("sql").orElse(""));
      List<String> own = pairs.stream().map(pair -> pair[0]).toList();
      List<String> theirs = pairs.stream().map(pair -> pair[1]).toList();
      String kind = join.text("relationship").orElse("");
      switch (kind) {
        case "many_to_one", "belongs_to", "belongsTo" -> {
          draft.add(relationship(cube, other, own, theirs, at));
          fidelity.exact("join", name, at);
        }
        case "one_to_one", "has_one", "hasOne" -> {
          draft.add(relationship(cube, other, own, theirs, at));
          fidelity.partial(
              "join",
              name,
              at,
              "it leads from '%s' only; measures of '%s' do not see '%s'"
                  .formatted(cube.name(), other.name(), cube.name()));
        }
        case "one_to_many", "has_many", "hasMany" -> {
          draft.add(relationship(other, cube, theirs, own, at));
          fidelity.partial(
              "join",
              name,
              at,
              "it leads from '%s' here; measures of '%s' by its dimensions are refused, as each row is in several groups"
                  .formatted(other.name(), cube.name()));
        }
        default -> throw new Untranslatable("its relationship is '%s'".formatted(kind));
      }
    } catch (Untranslatable e) {
      fidelity.unsupported("join", name, at, String.valueOf(e.getMessage()));
    }
  }

  private Relationship relationship(
      CubeModel from, CubeModel to, List<String> own, List<String> theirs, Location at) {
    for (int i = 0; i < own.size(); i++) {
      Type type = isNumber(to, theirs.get(i)) ? Type.LONG : Type.STRING;
      types.add(from.table(), own.get(i), type, Ground.COMPARED);
      types.add(to.table(), theirs.get(i), type, Ground.USED);
    }
    return new Relationship(
        "%s_of_%s".formatted(to.name(), from.name()),
        from.name(),
        to.name(),
        own,
        theirs,
        Optional.empty(),
        at);
  }

  private boolean isNumber(CubeModel cube, String column) {
    return cube.dimensions().stream()
        .filter(dimension -> dimension.text("type").filter("number"::equals).isPresent())
        .anyMatch(dimension ->
            dimension
                .text("sql")
                .filter(text -> text.matches("(?i)(\\{CUBE}\\.)?" + column))
                .isPresent());
  }

  Map<String, List<String>> primaryKeys() {
    var byTable = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    cubes.forEach(cube -> byTable.put(cube.table(), keys.getOrDefault(cube.name(), List.of())));
    return byTable;
  }
}
