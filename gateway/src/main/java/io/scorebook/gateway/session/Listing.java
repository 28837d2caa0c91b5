package io.scorebook.gateway.session;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Provenance.Missed;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables that one caller may ask, as the metadata of each door lists them. Datasets are
/// tables, the ports of products are views; a metric is a column whose remarks say how to ask for
/// it.
public final class Listing {
  private static final Duration STANDING = Duration.ofSeconds(10);

  private final Backend.View view;

  public Listing(Backend.View view) {
    this.view = view;
  }

  /// The two types that a table can have.
  public enum Kind {
    TABLE,
    VIEW
  }

  /// @param isDataset of the model, and no port of a product
  public record Listed(Domain domain, TableDescription table, boolean isDataset) {
    public Kind kind() {
      return isDataset ? Kind.TABLE : Kind.VIEW;
    }

    Optional<PublicPort> port() {
      return domain.ports().stream()
          .filter(port ->
              port.table().schema().equals(table.schema())
                  && port.table().name().equals(table.name()))
          .findFirst();
    }

    /// What a column is, how it is asked, and that its version ends where it does.
    public Optional<String> remarks(ColumnDescription column) {
      Optional<String> ends = port().flatMap(port -> port.product().deprecation());
      return Stream.concat(ends.stream(), meaning(column).stream())
          .reduce((end, words) -> end + ". " + words);
    }

    private Optional<String> meaning(ColumnDescription column) {
      if (isDataset && column.role() == Role.METRIC) {
        return Optional.of(
            "Metric, asked as AGGREGATE(%s)%s"
                .formatted(
                    column.name(), column.description().map(text -> ": " + text).orElse("")));
      }
      return column.description();
    }
  }

  private Stream<Listed> all() {
    return view.domains().stream()
        .flatMap(domain ->
            domain.planner().tables().stream()
                .map(table ->
                    new Listed(domain, table, table.schema().equals(domain.model().name()))))
        .sorted(
            Comparator.comparing((Listed listed) -> listed.table().schema())
                .thenComparing(listed -> listed.table().name()));
  }

  /// The schemas whose name is like a pattern, in order.
  public List<String> schemas(@Nullable String pattern) {
    return all()
        .map(listed -> listed.table().schema())
        .distinct()
        .filter(LikePattern.of(pattern))
        .toList();
  }

  /// The tables whose names are like both patterns, in order.
  public Stream<Listed> find(@Nullable String schema, @Nullable String table) {
    LikePattern schemas = LikePattern.of(schema);
    LikePattern tables = LikePattern.of(table);
    return all()
        .filter(listed -> schemas.test(listed.table().schema()))
        .filter(listed -> tables.test(listed.table().name()));
  }

  /// What the table is, and what its product misses of what it promises: metadata has no other
  /// place for it.
  public Optional<String> remarks(Listed listed) {
    var words = new ArrayList<String>();
    listed.table().description().ifPresent(words::add);
    listed
        .port()
        .filter(port -> !port.port().rules().isEmpty() || !port.port().levels().isEmpty())
        .ifPresent(port ->
            missed(listed.domain(), port)
                .forEach(missed ->
                    words.add(
                        "misses %s '%s': promised %s, measured %s"
                            .formatted(
                                missed.level(),
                                missed.name(),
                                missed.promised(),
                                missed.measured()))));
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }

  /// A store that does not answer keeps nobody from knowing what tables there are.
  private List<Missed> missed(Domain domain, PublicPort port) {
    try {
      return view.standing(domain, port, Limits.of(STANDING)).missed(port);
    } catch (EngineException | StoreException _) {
      return List.of();
    }
  }
}
