package io.scorebook.catalog.registry;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An output port of a product: a table that is promised.
///
/// @param version of the port; the product's where the document gives none
/// @param contractId the identifier of the data contract; its document is made by the engine
/// @param rules of quality that it is held to
/// @param levels of service that it promises
public record Port(
    String name,
    Version version,
    Optional<String> description,
    String contractId,
    boolean deprecated,
    Content content,
    List<Rule> rules,
    List<ServiceLevel> levels,
    List<String> synonyms,
    List<String> tags,
    Location location) {

  public Port {
    rules = List.copyOf(rules);
    levels = List.copyOf(levels);
    synonyms = List.copyOf(synonyms);
    tags = List.copyOf(tags);
  }

  /// The same port, held to some of its rules.
  public Port withRules(List<Rule> some) {
    return new Port(
        name,
        version,
        description,
        contractId,
        deprecated,
        content,
        some,
        levels,
        synonyms,
        tags,
        location);
  }

  /// What the table holds; the names are those of the semantic model.
  public sealed interface Content {}

  /// The answer to a question, a row for each combination of the dimensions.
  ///
  /// @param filters all of them hold
  public record MetricQuery(List<String> metrics, List<String> dimensions, List<Condition> filters)
      implements Content {

    public MetricQuery {
      metrics = List.copyOf(metrics);
      dimensions = List.copyOf(dimensions);
      filters = List.copyOf(filters);
    }
  }

  /// All rows of a dataset.
  public record DatasetRows(String dataset) implements Content {}

  /// A field against values.
  ///
  /// @param op as in a request: `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `notIn`, `isNull`,
  ///   `isNotNull`, `contains`, `startsWith`
  /// @param values String, BigInteger, BigDecimal, Boolean; none for `isNull` and `isNotNull`, any
  ///   number for `in` and `notIn`, else one
  public record Condition(String field, String op, List<@Nullable Object> values) {}
}
