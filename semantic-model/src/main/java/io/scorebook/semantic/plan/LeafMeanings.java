package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.NormalForm;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// What leaves mean, as texts without the names of the model; see [Meanings].
final class LeafMeanings {
  private final CompiledModel model;
  private final Meanings meanings;

  LeafMeanings(CompiledModel model, Meanings meanings) {
    this.model = model;
    this.meanings = meanings;
  }

  String of(Leaf leaf) {
    String what =
        switch (leaf) {
          case Leaf.Aggregate aggregate -> aggregate(aggregate);
          case Leaf.Reached(var base, var dataset, var fact) ->
              of(base)
                  + meanings.path(model.graph().paths(fact, dataset).getFirst())
                  + dataset.primaryKey();
          case Leaf.Sequence(var fact, var metric, var facet) ->
              facet
                  + expanded(fact, parse(metric.expression()))
                  + settings(fact, metric)
                  + key(fact);
          case Leaf.Conversion(var fact, var metric, var event, var then, var converted) ->
              converted
                  + expanded(fact, event)
                  + expanded(fact, then)
                  + settings(fact, metric)
                  + key(fact);
          case Leaf.LookBack(var base, var frame) -> of(base) + settings(base.fact(), frame);
          case Leaf.Last(var base, var metric) -> of(base) + settings(base.fact(), metric);
          case Leaf.Earlier(var base, var metric) -> of(base) + settings(base.fact(), metric);
          case Leaf.Regrained(var base, var metric) -> of(base) + of(base.facts(), metric);
          case Leaf.Nested(var inner, var metric) -> meanings.of(inner) + of(inner.facts(), metric);
          case Leaf.Ranked(var fact, var inner, var metric) ->
              meanings.of(inner) + settings(fact, metric);
          case Leaf.AdHoc _ ->
              throw new IllegalArgumentException("Invalid leaf of a model: " + leaf);
        };
    return leaf.getClass().getSimpleName() + "|" + meanings.rows(leaf.fact()) + "|" + what;
  }

  private String aggregate(Leaf.Aggregate leaf) {
    SqlNode call =
        new SqlBasicCall(
            leaf.function(),
            leaf.arguments(),
            SqlParserPos.ZERO,
            leaf.distinct() ? SqlSelectKeyword.DISTINCT.symbol(SqlParserPos.ZERO) : null);
    SqlNode whole =
        leaf.filter()
            .<SqlNode>map(condition ->
                SqlStdOperatorTable.FILTER.createCall(SqlParserPos.ZERO, call, condition))
            .orElse(call);
    return expanded(leaf.fact(), whole);
  }

  /// An expression over `dataset.field` in its normal form, with the expressions of the fields in
  /// their place, and before each column the way that leads to it.
  private String expanded(Dataset fact, SqlNode expression) {
    SqlNode expanded =
        expression.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier name) {
                return name.names.size() == 2 ? field(fact, name) : name;
              }
            });
    return expanded == null ? "" : NormalForm.of(expanded);
  }

  private SqlNode field(Dataset fact, SqlIdentifier name) {
    Dataset dataset =
        model
            .model()
            .findDataset(name.names.getFirst())
            .orElseThrow(() -> new IllegalArgumentException("Invalid reference: " + name));
    List<List<Relationship>> paths = model.graph().paths(fact, dataset);
    if (paths.size() != 1) {
      throw new IllegalArgumentException("Invalid reference: " + name);
    }
    String place = Fingerprint.of(meanings.path(paths.getFirst()) + "|" + meanings.rows(dataset));
    SqlNode value =
        dataset
            .findField(name.names.getLast())
            .map(field -> model.expression(dataset, field))
            .orElseGet(() -> new SqlIdentifier(name.names.getLast(), SqlParserPos.ZERO));
    SqlNode placed =
        value.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier column) {
                var names = new ArrayList<>(List.of(place));
                names.add(column.names.getLast());
                return new SqlIdentifier(names, SqlParserPos.ZERO);
              }
            });
    return placed == null ? value : placed;
  }

  private static SqlNode parse(String expression) {
    try {
      return Sql.parseExpression(expression);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException("Invalid expression: " + expression, e);
    }
  }

  /// The key that makes an order total.
  private static String key(Dataset fact) {
    return fact.primaryKey().toString().toLowerCase(Locale.ROOT);
  }

  private String of(List<Dataset> facts, Object metric) {
    var all = new StringBuilder();
    facts.forEach(fact -> all.append(settings(fact, metric)));
    return all.toString();
  }

  /// All that a metric's record holds but its head and expressions, names as what they mean.
  ///
  /// @param metric a record
  private String settings(Dataset fact, Object metric) {
    var settings = new StringBuilder();
    Settings.of(metric)
        .forEach((name, value) -> {
          boolean isForMessages = metric instanceof TimeFrame && name.equals("metric");
          if (!isForMessages) {
            settings.append(name).append('=').append(setting(fact, value)).append(';');
          }
        });
    return settings.toString();
  }

  private String setting(Dataset fact, Object value) {
    return switch (value) {
      case Optional<?> some -> some.map(inside -> setting(fact, inside)).orElse("-");
      case List<?> list -> list.stream().map(item -> setting(fact, item)).toList().toString();
      case String name -> name(fact, name);
      default -> value.toString();
    };
  }

  /// A field, a dimension with the calendars over it, or a word.
  private String name(Dataset fact, String name) {
    int dot = name.indexOf('.');
    boolean isField = dot > 0 && model.model().findDataset(name.substring(0, dot)).isPresent();
    if (isField) {
      return NormalForm.of(
          field(fact, new SqlIdentifier(List.of(name.split("\\.", 2)), SqlParserPos.ZERO)));
    }
    return meanings
        .dimension(fact, name)
        .map(found ->
            found
                + model.model().calendarsOf(name).stream()
                    .map(calendar -> meanings.dimension(fact, calendar).orElse("-"))
                    .sorted()
                    .toList())
        .orElse(name.toLowerCase(Locale.ROOT));
  }
}
