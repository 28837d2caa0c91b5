package io.scorebook.engine.answer;

import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.PublishedDomains;
import io.scorebook.semantic.plan.ProductTable;
import io.scorebook.semantic.question.Question;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;

/// Answers questions about the published domains. Safe to share; closing it ends its engines.
public final class Answers implements AutoCloseable {
  /// @param engines the first is the one that answers where none is named
  public Answers(Catalog catalog, PublishedDomains domains, List<Engine> engines) {
    throw new UnsupportedOperationException();
  }

  /// The same answers by another engine (`duckdb`, `reference`); shares everything with this one.
  ///
  /// @throws IllegalArgumentException where there is no engine of that name
  public Answers by(String engine) {
    throw new UnsupportedOperationException();
  }

  /// The names of the engines, the default one first.
  public List<String> engines() {
    throw new UnsupportedOperationException();
  }

  /// The domains whose questions are answered: each has its model, its products, its planner.
  public List<Domain> domains() {
    throw new UnsupportedOperationException();
  }

  /// Answers a question of metrics by dimensions.
  ///
  /// @param model the name of the model; may be left out where there is one
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(Optional<String> model, Question question, Limits limits) {
    throw new UnsupportedOperationException();
  }

  /// Answers one SQL query over the datasets and product tables of one model, found by the tables
  /// that the query names.
  ///
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(String sql, Limits limits) {
    throw new UnsupportedOperationException();
  }

  /// All rows of a product's output port.
  ///
  /// @param table a table of a published domain
  /// @throws EngineException where what was right to ask failed on the way
  public Outcome answer(ProductTable table, Limits limits) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
