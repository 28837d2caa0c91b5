package io.scorebook.semantic.imports;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL of Cube, with references such as `{CUBE}.amount`, `{CUBE.status}`, `{status}` and
/// `{customers.country}` in it.
final class CubeSql {
  /// A reference, with the column behind one to a cube.
  private static final Pattern REFERENCE =
      Pattern.compile("\\$?\\{\\s*([^{}]*?)\\s*}(?:\\.([A-Za-z_]\\w*))?");

  private static final Pattern NAME = Pattern.compile("(?:([A-Za-z_]\\w*)\\.)?([A-Za-z_]\\w*)");
  private static final int MAX_DEPTH = 20;

  private final Collection<CubeModel> cubes;

  CubeSql(Collection<CubeModel> cubes) {
    this.cubes = cubes;
  }

  /// SQL that has no meaning here.
  static final class Untranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    Untranslatable(String why) {
      super(why);
    }
  }

  /// What a reference is: a column of a cube, or a member of one.
  sealed interface Reference {
    record Column(CubeModel cube, String column) implements Reference {}

    record Dimension(CubeModel cube, Given dimension) implements Reference {}

    record Measure(CubeModel cube, Given measure) implements Reference {}
  }

  /// SQL over the columns of a cube's own table, its dimensions put in.
  String overColumns(CubeModel of, String sql) throws Untranslatable {
    return overColumns(of, sql, 0);
  }

  private String overColumns(CubeModel of, String sql, int depth) throws Untranslatable {
    if (depth > MAX_DEPTH) {
      throw new Untranslatable("its dimensions name each other in a circle");
    }
    return replaced(
        of,
        sql,
        reference ->
            switch (reference) {
              case Reference.Column(var cube, var column) -> {
                own(of, cube);
                yield column;
              }
              case Reference.Dimension(var cube, var dimension) -> {
                own(of, cube);
                String inner = overColumns(of, sqlOf(dimension), depth + 1);
                yield inner.matches("\\w+") ? inner : "(" + inner + ")";
              }
              case Reference.Measure(_, var measure) ->
                  throw new Untranslatable(
                      "it has the measure '%s' within an aggregate or a dimension"
                          .formatted(measure.name()));
            });
  }

  private static void own(CubeModel of, CubeModel cube) throws Untranslatable {
    if (cube != of) {
      throw new Untranslatable(
          "it reaches into the cube '%s'; write it there".formatted(cube.name()));
    }
  }

  /// The SQL of a dimension; that of a `case` spelt out.
  static String sqlOf(Given dimension) throws Untranslatable {
    Optional<Given> choice = dimension.mapping("case");
    if (choice.isEmpty()) {
      return dimension
          .text("sql")
          .orElseThrow(() -> new Untranslatable("'%s' has no sql".formatted(dimension.name())));
    }
    var sql = new StringBuilder("CASE");
    for (Given when : choice.get().list("when")) {
      sql.append(" WHEN %s THEN %s".formatted(when.text("sql").orElse("NULL"), label(when)));
    }
    Optional<Given> otherwise = choice.get().mapping("else");
    if (otherwise.isPresent()) {
      sql.append(" ELSE ").append(label(otherwise.get()));
    }
    return sql.append(" END").toString();
  }

  private static String label(Given branch) throws Untranslatable {
    String label =
        branch.text("label").orElseThrow(() -> new Untranslatable("a label is no plain text"));
    return "'" + label.replace("'", "''") + "'";
  }

  interface Replacement {
    String of(Reference reference) throws Untranslatable;
  }

  String replaced(CubeModel of, String sql, Replacement replacement) throws Untranslatable {
    Matcher found = REFERENCE.matcher(sql);
    var text = new StringBuilder();
    while (found.find()) {
      Reference reference = find(of, found.group(1), Optional.ofNullable(found.group(2)));
      found.appendReplacement(text, Matcher.quoteReplacement(replacement.of(reference)));
    }
    found.appendTail(text);
    return text.toString().strip();
  }

  private Reference find(CubeModel of, String written, Optional<String> column)
      throws Untranslatable {
    Matcher name = NAME.matcher(written);
    if (!name.matches()) {
      throw new Untranslatable("it has '{%s}', which is no reference".formatted(written));
    }
    if (column.isPresent()) {
      return new Reference.Column(cube(of, written), column.get());
    }
    CubeModel cube = name.group(1) == null ? of : cube(of, name.group(1));
    String member = name.group(2);
    Function<Given, Reference> dimension = found -> new Reference.Dimension(cube, found);
    Function<Given, Reference> measure = found -> new Reference.Measure(cube, found);
    Optional<Reference> reference =
        cube.findDimension(member).map(dimension).or(() -> cube.findMeasure(member).map(measure));
    return reference.orElseThrow(
        () -> new Untranslatable("it has '{%s}', which is nowhere".formatted(written)));
  }

  private CubeModel cube(CubeModel of, String name) throws Untranslatable {
    if (name.equals("CUBE") || name.equalsIgnoreCase(of.name())) {
      return of;
    }
    return cubes.stream()
        .filter(cube -> cube.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new Untranslatable("it names '%s', which is no cube".formatted(name)));
  }

  /// The pairs of columns that a join is by, the own one first.
  List<String[]> columns(CubeModel of, CubeModel to, String sql) throws Untranslatable {
    var pairs = new java.util.ArrayList<String[]>();
    for (String condition : sql.split("(?i)\\s+AND\\s+")) {
      String[] sides = condition.split("=", -1);
      if (sides.length != 2) {
        throw new Untranslatable("its condition is not of equal columns: " + sql);
      }
      String[] pair = new String[2];
      for (String side : sides) {
        Matcher found = REFERENCE.matcher(side.strip());
        if (!found.matches()) {
          throw new Untranslatable("its condition is not of equal columns: " + sql);
        }
        Reference reference = find(of, found.group(1), Optional.ofNullable(found.group(2)));
        CubeModel cube =
            switch (reference) {
              case Reference.Column(var owner, _) -> owner;
              case Reference.Dimension(var owner, _) -> owner;
              case Reference.Measure(_, _) -> throw new Untranslatable("it joins by a measure");
            };
        String column =
            switch (reference) {
              case Reference.Column(_, var name) -> name;
              case Reference.Dimension(var owner, var dimension) ->
                  overColumns(owner, sqlOf(dimension));
              case Reference.Measure(_, _) -> "";
            };
        if (!column.matches("[A-Za-z_]\\w*")) {
          throw new Untranslatable("it joins by the expression " + column);
        }
        pair[cube == to ? 1 : 0] = column;
      }
      if (pair[0] == null || pair[1] == null) {
        throw new Untranslatable("its condition does not compare the two cubes: " + sql);
      }
      pairs.add(pair);
    }
    return pairs;
  }
}
