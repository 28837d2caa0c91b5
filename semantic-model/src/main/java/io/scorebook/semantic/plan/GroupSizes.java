package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Takes the value of a metric away where too few have made it. Counted are those whose rows went
/// into the metric: of each aggregate the rows that its filter leaves and that have a value.
///
/// It is done where the metric is compiled, so that whatever is made of the metric is made of what
/// is left.
final class GroupSizes {
  private final Map<String, GroupSize> sizes;

  GroupSizes(Map<String, GroupSize> sizes) {
    var byName = new TreeMap<String, GroupSize>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(sizes);
    this.sizes = byName;
  }

  /// The metric, with no value for small groups where it is one of those.
  CompiledMetric applied(CompiledMetric metric) {
    GroupSize size = sizes.get(metric.name());
    return size == null ? metric : held(metric, size);
  }

  private static CompiledMetric held(CompiledMetric metric, GroupSize size) {
    var leaves = new LinkedHashMap<>(metric.leaves());
    var enough = new ArrayList<SqlNode>();
    metric
        .leaves()
        .forEach((name, leaf) -> {
          if (!(leaf instanceof Leaf.Aggregate aggregate)) {
            throw new IllegalArgumentException(
                "Invalid group size: '%s' is not made of plain aggregates"
                    .formatted(metric.name()));
          }
          String counted = "of_%s_%s".formatted(name, size.of().replace('.', '_'));
          leaves.put(counted, count(aggregate, size));
          enough.add(
              SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                  SqlParserPos.ZERO,
                  new SqlIdentifier(counted, SqlParserPos.ZERO),
                  SqlLiteral.createExactNumeric(
                      Integer.toString(size.atLeast()), SqlParserPos.ZERO)));
        });
    SqlNode all =
        enough.stream()
            .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, a, b))
            .orElseThrow();
    SqlNode above =
        new SqlCase(
            SqlParserPos.ZERO,
            null,
            SqlNodeList.of(all),
            SqlNodeList.of(metric.above()),
            SqlLiteral.createNull(SqlParserPos.ZERO));
    return new CompiledMetric(metric.name(), above, leaves, metric.role());
  }

  private static Leaf.Aggregate count(Leaf.Aggregate of, GroupSize size) {
    var conditions = new ArrayList<SqlNode>();
    of.filter().ifPresent(conditions::add);
    of.arguments().stream()
        .filter(argument -> !(argument instanceof SqlLiteral))
        .forEach(argument ->
            conditions.add(
                SqlStdOperatorTable.IS_NOT_NULL.createCall(SqlParserPos.ZERO, argument)));
    Optional<AssumedKey> key = key(of.fact(), size);
    return new Leaf.Aggregate(
        of.fact(),
        SqlStdOperatorTable.COUNT,
        key.isEmpty(),
        List.of(new SqlIdentifier(List.of(size.of().split("\\.", -1)), SqlParserPos.ZERO)),
        conditions.stream()
            .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, a, b)),
        key);
  }

  /// The key of a fact that those who are counted are told apart by. Each has one row then, so that
  /// counting rows counts them, for a tenth of what telling them apart costs.
  private static Optional<AssumedKey> key(Dataset fact, GroupSize size) {
    int dot = size.of().indexOf('.');
    if (!fact.name().equals(size.of().substring(0, dot))) {
      return Optional.empty();
    }
    return fact.findField(size.of().substring(dot + 1))
        .map(field -> List.of(field.expression()))
        .filter(column -> column.equals(fact.primaryKey()) || fact.uniqueKeys().contains(column))
        .map(column -> new AssumedKey(fact.name(), column));
  }

  /// Why groups of a metric cannot be counted so; empty where they can.
  static Optional<String> problem(CompiledModel model, Metric metric, GroupSize size) {
    int dot = size.of().indexOf('.');
    SemanticModel of = model.model();
    Optional<Dataset> dataset =
        dot < 0 ? Optional.empty() : of.findDataset(size.of().substring(0, dot));
    if (dataset.flatMap(found -> found.findField(size.of().substring(dot + 1))).isEmpty()) {
      return Optional.of("there is no field '%s'; write dataset.field".formatted(size.of()));
    }
    if (!(metric instanceof Metric.Expression)) {
      return Optional.of(
          "it is a %s; put the group size on the metric that it is made of"
              .formatted(metric.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    }
    for (Leaf leaf : model.part(metric.name()).leaves().values()) {
      if (!(leaf instanceof Leaf.Aggregate)) {
        return Optional.of("it is not made of plain aggregates alone");
      }
      if (model.graph().paths(leaf.fact(), dataset.orElseThrow()).size() != 1) {
        return Optional.of(
            "no one path leads from '%s' to '%s'"
                .formatted(leaf.fact().name(), dataset.get().name()));
      }
    }
    return Optional.empty();
  }
}
