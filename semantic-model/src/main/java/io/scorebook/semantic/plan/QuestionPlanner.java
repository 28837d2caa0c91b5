package io.scorebook.semantic.plan;

import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// A question, step by step: resolve the names, plan and stitch the leaves, then what stands above
/// them: derived metrics, filters on metrics, order and limit.
final class QuestionPlanner {
  /// GROUPING_ID has a bit for each dimension.
  private static final int MAX_DIMENSIONS = 60;

  private final CompiledModel model;
  private final Expressions expressions;
  private final Question question;
  private final List<Issue> issues = new ArrayList<>();

  private QuestionPlanner(CompiledModel model, Expressions expressions, Question question) {
    this.model = model;
    this.expressions = expressions;
    this.question = question;
  }

  /// A tree and what its columns are.
  record Planned(RelNode rel, List<String> names, List<Plan.Role> roles) {}

  /// @param ordered whether to order and limit; a question inside a query is a set of rows
  /// @throws Refusal with all that is wrong with the question
  static Planned plan(
      CompiledModel model, Expressions expressions, Question question, boolean ordered) {
    return new QuestionPlanner(model, expressions, question).plan(ordered);
  }

  private Planned plan(boolean ordered) {
    List<String> dimensions = dimensionNames();
    checkForm(dimensions);
    Map<String, CompiledMetric> shown = shownMetrics();
    Map<String, CompiledMetric> used = new LinkedHashMap<>(shown);
    var before = new ArrayList<Filter>();
    var after = new ArrayList<Filter>();
    question.filters().forEach(filter -> sort(filter, used, before, after));
    question.orderBy().forEach(order -> checkOrder(order, dimensions, used));
    if (used.isEmpty()) {
      checkDimensions(dimensions, before);
      stopOnIssues();
    }

    // With a metric that is known the dimensions are looked up too, so that all is told at once.
    var facts = new LinkedHashSet<Dataset>();
    used.values().forEach(metric -> facts.addAll(metric.facts()));
    var space = new DimensionSpace(model, expressions, facts);
    var keys = new ArrayList<MetricQuery.Key>();
    for (String name : dimensions) {
      collect(() -> keys.add(new MetricQuery.Key(name, space.resolve(name))));
    }
    var conditions = new Conditions(expressions.cluster().getRexBuilder(), space::resolve);
    var rowFilters = new ArrayList<RexNode>();
    for (Filter filter : before) {
      collect(() -> rowFilters.add(conditions.condition(filter)));
    }
    stopOnIssues();

    List<Leaf> leaves =
        used.values().stream().flatMap(CompiledMetric::computed).distinct().toList();
    var asked =
        new MetricQuery(
            space.dimensions(),
            keys,
            groupingSets(dimensions),
            Optional.ofNullable(
                RexUtil.composeConjunction(
                    expressions.cluster().getRexBuilder(), rowFilters, true)),
            leaves,
            Optional.empty());
    MetricQuery query = filled(asked, List.copyOf(facts));
    stopOnIssues();
    AskedQueries.of(expressions.cluster()).add(query, used.values(), after);
    RelNode stitched = Stitch.plan(model, expressions, query);
    return above(query, stitched, shown, used, after, ordered);
  }

  private MetricQuery filled(MetricQuery query, List<Dataset> facts) {
    if (question.fill().isEmpty()) {
      return query;
    }
    MetricQuery filled =
        query.withFill(new MetricQuery.Fill(question.fill(), facts, query.before()));
    collect(() -> TimeSpine.check(model, filled));
    stopOnIssues();
    for (ImmutableBitSet set : filled.sets()) {
      TimeSpine.find(model, expressions, filled, set)
          .ifPresent(
              spine -> Excesses.of(expressions.cluster()).add(spine.excess(), spine.tooLarge()));
    }
    return filled;
  }

  private List<String> dimensionNames() {
    if (!question.dimensions().isEmpty()) {
      return question.dimensions();
    }
    return question.groupingSets().stream()
        .flatMap(List::stream)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private void checkForm(List<String> dimensions) {
    if (question.metrics().isEmpty()) {
      refuse(
          Issue.Code.INVALID_QUESTION,
          "metrics",
          "Cannot answer without metrics; name at least one");
    }
    if (dimensions.size() > MAX_DIMENSIONS) {
      refuse(
          Issue.Code.INVALID_QUESTION,
          "dimensions",
          "Cannot group by more than %d dimensions".formatted(MAX_DIMENSIONS));
    }
    refuseDoubles("dimensions", dimensions);
    refuseDoubles("metrics", question.metrics());
    refuseDoubles("fill", question.fill());
    question.fill().stream()
        .filter(name -> index(dimensions, name) < 0)
        .forEach(name ->
            refuse(
                Issue.Code.INVALID_QUESTION,
                name,
                "Cannot fill '%s': 'dimensions' does not have it".formatted(name)));
    if (question.limit().orElse(0) < 0 || question.offset() < 0) {
      refuse(Issue.Code.INVALID_QUESTION, "limit", "Invalid limit: must not be negative");
    }
    question
        .groupingSets()
        .ifPresent(sets -> {
          if (sets.isEmpty()) {
            refuse(Issue.Code.INVALID_QUESTION, "groupingSets", "Cannot use no grouping sets");
          }
          var seen = new LinkedHashSet<ImmutableBitSet>();
          for (List<String> set : sets) {
            if (set.stream().allMatch(name -> index(dimensions, name) >= 0)
                && !seen.add(bits(dimensions, set))) {
              refuse(
                  Issue.Code.INVALID_QUESTION,
                  "groupingSets",
                  "Cannot use the grouping set %s twice".formatted(set));
            }
            set.stream()
                .filter(name -> index(dimensions, name) < 0)
                .forEach(name ->
                    refuse(
                        Issue.Code.INVALID_QUESTION,
                        name,
                        "Cannot group by '%s' in a grouping set: 'dimensions' does not have it"
                            .formatted(name)));
          }
          dimensions.stream()
              .filter(name -> sets.stream().flatMap(List::stream).noneMatch(name::equalsIgnoreCase))
              .forEach(name ->
                  refuse(
                      Issue.Code.INVALID_QUESTION,
                      name,
                      "Cannot use the dimension '%s': no grouping set has it".formatted(name)));
        });
  }

  /// Without a metric there is no fact to reach a dimension from; it may still be unknown
  /// everywhere.
  private void checkDimensions(List<String> dimensions, List<Filter> filters) {
    var names = new ArrayList<>(dimensions);
    filters.forEach(filter -> collectFields(filter, names));
    names.stream().distinct().forEach(name -> collect(() -> model.checkDimension(name)));
  }

  private void refuseDoubles(String what, List<String> names) {
    var seen = new LinkedHashSet<String>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        refuse(
            Issue.Code.INVALID_QUESTION,
            name,
            "Cannot use '%s' twice in '%s'".formatted(name, what));
      }
    }
  }

  /// The metrics of the answer's columns, by lower-case name: those asked for, then evidence.
  private Map<String, CompiledMetric> shownMetrics() {
    var shown = new LinkedHashMap<String, CompiledMetric>();
    for (String name : question.metrics()) {
      collect(() -> shown.put(name.toLowerCase(Locale.ROOT), model.metric(name)));
    }
    for (String name : question.evidence()) {
      collect(() -> evidence(name).forEach(e -> shown.put(e.name().toLowerCase(Locale.ROOT), e)));
    }
    return shown;
  }

  private List<CompiledMetric> evidence(String name) {
    Metric metric = model.model().findMetric(model.metric(name).name()).orElse(null);
    if (metric instanceof Metric.Sequence sequence && !sequence.hasEvidence()) {
      throw new Refusal(
          Issue.Code.INVALID_QUESTION,
          name,
          "Cannot give evidence of '%s': it counts runs, and has no one run to show"
              .formatted(name),
          List.of());
    }
    if (!(metric instanceof Metric.Sequence sequence)) {
      throw new Refusal(
          Issue.Code.INVALID_QUESTION,
          name,
          "Cannot give evidence of '%s': it is no sequence metric".formatted(name),
          List.of());
    }
    if (question.metrics().stream().noneMatch(name::equalsIgnoreCase)) {
      throw new Refusal(
          Issue.Code.INVALID_QUESTION,
          name,
          "Cannot give evidence of '%s': 'metrics' does not have it".formatted(name),
          List.of());
    }
    boolean atEntity = sequenceEntityIsKey(sequence);
    return Stream.of(Leaf.Facet.START, Leaf.Facet.END, Leaf.Facet.ENTITY)
        .filter(facet -> facet != Leaf.Facet.ENTITY || !atEntity)
        .map(facet -> model.metric(facet.nameOf(metric.name())))
        .toList();
  }

  /// Whether every grouping set names the entity, so that its evidence would only repeat a key.
  private boolean sequenceEntityIsKey(Metric.Sequence sequence) {
    List<List<String>> sets = question.groupingSets().orElse(List.of(dimensionNames()));
    Dataset fact = model.metric(sequence.name()).facts().getFirst();
    return sets.stream()
        .allMatch(
            set -> set.stream().anyMatch(name -> Entities.names(model, fact, sequence, name)));
  }

  /// A filter is on dimensions or on metrics; a metric in it is computed even if not shown.
  private void sort(
      Filter filter, Map<String, CompiledMetric> used, List<Filter> before, List<Filter> after) {
    var fields = new ArrayList<String>();
    collectFields(filter, fields);
    List<String> onMetrics =
        fields.stream().filter(name -> model.findMetric(name).isPresent()).toList();
    if (!onMetrics.isEmpty() && onMetrics.size() < fields.size()) {
      refuse(
          Issue.Code.INVALID_FILTER,
          onMetrics.getFirst(),
          "Cannot combine dimensions (which choose rows) and metrics (which choose groups) in one filter: %s"
              .formatted(fields));
      return;
    }
    onMetrics.forEach(name -> used.put(name.toLowerCase(Locale.ROOT), model.metric(name)));
    (onMetrics.isEmpty() ? before : after).add(filter);
  }

  private static void collectFields(Filter filter, List<String> fields) {
    switch (filter) {
      case Filter.Comparison comparison -> fields.add(comparison.field());
      case Filter.And(List<Filter> of) -> of.forEach(inner -> collectFields(inner, fields));
      case Filter.Or(List<Filter> of) -> of.forEach(inner -> collectFields(inner, fields));
      case Filter.Not(Filter of) -> collectFields(of, fields);
    }
  }

  private void checkOrder(
      Question.Order order, List<String> dimensions, Map<String, CompiledMetric> used) {
    String name = order.field().toLowerCase(Locale.ROOT);
    if (index(dimensions, name) >= 0
        || used.containsKey(name)
        || (name.equals("grouping") && question.groupingSets().isPresent())) {
      return;
    }
    Optional<CompiledMetric> metric = model.findMetric(name);
    if (metric.isPresent()) {
      used.put(name, metric.get());
      return;
    }
    List<String> known = Stream.concat(dimensions.stream(), model.metricNames().stream()).toList();
    issues.add(
        new Issue(
            Issue.Code.INVALID_QUESTION,
            "Cannot order by '%s': it is neither a dimension of the question nor a metric; %s"
                .formatted(order.field(), Suggestions.clause(order.field(), known)),
            Optional.of(order.field()),
            Suggestions.similar(order.field(), known),
            Optional.empty()));
  }

  private List<ImmutableBitSet> groupingSets(List<String> dimensions) {
    return question
        .groupingSets()
        .map(sets -> sets.stream().map(set -> bits(dimensions, set)).toList())
        .orElse(List.of(ImmutableBitSet.range(dimensions.size())));
  }

  private static ImmutableBitSet bits(List<String> dimensions, List<String> set) {
    return ImmutableBitSet.of(set.stream().map(name -> index(dimensions, name)).toList());
  }

  private static int index(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private Planned above(
      MetricQuery query,
      RelNode stitched,
      Map<String, CompiledMetric> shown,
      Map<String, CompiledMetric> used,
      List<Filter> after,
      boolean ordered) {
    int keys = query.keys().size();
    RelBuilder builder = expressions.relBuilder().push(stitched);
    var names = new ArrayList<String>();
    query.keys().forEach(key -> names.add(key.name()));
    names.add("grouping");
    var values = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys + 1)));
    used.values()
        .forEach(metric -> {
          values.add(MetricValues.of(model, expressions, builder, query, metric));
          names.add(metric.name());
        });
    builder.project(values, names, true);
    Optional<Integer> partial = partial(builder, query, names);

    var columns = new LinkedHashMap<String, Integer>();
    used.keySet().forEach(name -> columns.put(name, keys + 1 + columns.size()));
    var conditions =
        new Conditions(
            expressions.cluster().getRexBuilder(), name -> builder.field(position(columns, name)));
    for (Filter filter : after) {
      collect(() -> builder.filter(conditions.condition(filter)));
    }
    stopOnIssues();

    boolean sets = question.groupingSets().isPresent();
    var output = new ArrayList<Integer>();
    var roles = new ArrayList<Plan.Role>();
    for (int key = 0; key < keys; key++) {
      output.add(key);
      roles.add(Plan.Role.DIMENSION);
    }
    if (sets) {
      output.add(keys);
      roles.add(Plan.Role.GROUPING);
    }
    shown.forEach((name, metric) -> {
      output.add(position(columns, name));
      roles.add(metric.role());
    });
    partial.ifPresent(column -> {
      output.add(column);
      roles.add(Plan.Role.PARTIAL);
    });
    List<String> outputNames = output.stream().map(names::get).toList();
    Map<Integer, Boolean> order = ordered ? order(query, columns, sets) : Map.of();
    // The order stands above the answer's columns; what else it needs goes behind them, and away.
    List<Integer> columnsToOrder =
        Stream.concat(output.stream(), order.keySet().stream()).distinct().toList();
    builder.project(
        builder.fields(columnsToOrder), columnsToOrder.stream().map(names::get).toList(), true);
    var collation = new ArrayList<RexNode>();
    order.forEach((column, descending) -> {
      RexNode field = builder.field(columnsToOrder.indexOf(column));
      collation.add(builder.nullsLast(descending ? builder.desc(field) : field));
    });
    if (ordered && (question.limit().isPresent() || question.offset() > 0)) {
      builder.sortLimit(
          builder.literal(question.offset()),
          question.limit().isPresent() ? builder.literal(question.limit().getAsLong()) : null,
          collation);
    } else if (ordered) {
      builder.sort(collation);
    }
    if (columnsToOrder.size() > output.size()) {
      builder.project(builder.fields(ImmutableBitSet.range(output.size())), outputNames, true);
    }
    return new Planned(builder.build(), outputNames, List.copyOf(roles));
  }

  /// Where the column stands that tells whether a row's period is incomplete, if it is asked for.
  private Optional<Integer> partial(RelBuilder builder, MetricQuery query, List<String> names) {
    if (!question.partial()) {
      return Optional.empty();
    }
    if (names.stream().anyMatch(PartialPeriods.COLUMN::equalsIgnoreCase)) {
      refuse(
          Issue.Code.INVALID_QUESTION,
          PartialPeriods.COLUMN,
          "Cannot tell which periods are incomplete: the question has a column '%s' already"
              .formatted(PartialPeriods.COLUMN));
      return Optional.empty();
    }
    collect(() -> new PartialPeriods(model, expressions, query).add(builder));
    stopOnIssues();
    names.add(PartialPeriods.COLUMN);
    return Optional.of(names.size() - 1);
  }

  /// Columns of the working row to order by, true where descending: what is asked for, then the
  /// keys, so that the order is total.
  private Map<Integer, Boolean> order(
      MetricQuery query, Map<String, Integer> columns, boolean sets) {
    int keys = query.keys().size();
    var order = new LinkedHashMap<Integer, Boolean>();
    for (Question.Order by : question.orderBy()) {
      String name = by.field().toLowerCase(Locale.ROOT);
      int key = index(query.keys().stream().map(MetricQuery.Key::name).toList(), name);
      int column =
          key >= 0 ? key : name.equals("grouping") && sets ? keys : position(columns, name);
      order.putIfAbsent(column, by.descending());
    }
    for (int column = 0; column < keys + (sets ? 1 : 0); column++) {
      order.putIfAbsent(column, false);
    }
    return order;
  }

  private static int position(Map<String, Integer> columns, String name) {
    Integer position = columns.get(name.toLowerCase(Locale.ROOT));
    if (position == null) {
      throw new IllegalArgumentException("Invalid column: " + name);
    }
    return position;
  }

  private void refuse(Issue.Code code, String field, String message) {
    issues.add(new Issue(code, message, Optional.of(field), List.of(), Optional.empty()));
  }

  private void collect(Runnable step) {
    try {
      step.run();
    } catch (Refusal refusal) {
      issues.addAll(refusal.issues());
    }
  }

  private void stopOnIssues() {
    if (!issues.isEmpty()) {
      throw new Refusal(issues.stream().distinct().toList());
    }
  }
}
