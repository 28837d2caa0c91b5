package io.scorebook.gateway.session;

import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.quality.Measured;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Grounding;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.publish.Terms;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.semantic.plan.Planning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What stands behind the doors. Nothing can be asked of it but through somebody's eyes.
public interface Backend {
  /// What one caller sees, and who answers him.
  View as(Caller caller);

  /// Publishes the documents of a domain.
  ///
  /// @throws io.scorebook.catalog.store.StoreException where the store or the catalog fails
  io.scorebook.engine.publish.Outcome publish(Path folder, Terms terms);

  /// All publications of a domain, the oldest first.
  ///
  /// @throws io.scorebook.catalog.store.StoreException where the store or the catalog fails
  List<Publication> history(String domain);

  /// Everything as one caller may see it: what there is to ask, answers, refusals alike.
  interface View {
    /// Answers what is asked.
    ///
    /// @throws EngineException where what was right to ask failed on the way
    /// @throws ProblemException where the engine that is named does not exist
    Outcome answer(Ask ask, Limits limits);

    /// Explains what is asked, and does not run it.
    ///
    /// @throws EngineException where what was right to ask failed on the way
    /// @throws ProblemException where the engine that is named does not exist
    Explaining explain(Ask ask, Limits limits);

    /// What a query would be answered from; it is not run.
    ///
    /// @throws EngineException where the catalog or the store fails, or the state that is asked for
    ///   is not there
    Grounding ground(Ask.Sql ask, Limits limits);

    /// The plan of a query without running it: its columns, or what is wrong with it.
    Planning plan(String sql);

    /// The published domains: each with its model, its products and its planner.
    List<Domain> domains();

    /// Where a source table lies and what was loaded into it; empty where there is no such table,
    /// and where policies keep anything of it back.
    ///
    /// @param table `namespace.table`
    Optional<TableLoads> loads(String table);

    /// How an output port stands to what its product promises.
    ///
    /// @param domain one of those above
    /// @throws EngineException where the catalog or the store fails
    PortStanding standing(Domain domain, PublicPort port, Limits limits);

    /// What a metric with a target came to on each load, oldest first.
    ///
    /// @param domain one of those above
    List<Measured> history(Domain domain, String metric);
  }
}
