package io.scorebook.engine.domain;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of a domain's datasets in the columns that SQL sees, for those who may see all of them
/// as they are: what is masked or left out need not be a key.
public final class Keys {
  private final Domain domain;

  public Keys(Domain domain) {
    this.domain = domain;
  }

  /// Rows of one dataset that name at most one row of another.
  ///
  /// @param fromColumns as many as `toColumns`, in their order
  public record Foreign(
      String name, String from, List<String> fromColumns, String to, List<String> toColumns) {

    public Foreign {
      fromColumns = List.copyOf(fromColumns);
      toColumns = List.copyOf(toColumns);
    }
  }

  /// The columns of a dataset's primary key, in their order; empty where it has none, or a column
  /// of it is none of the table.
  public List<String> primary(String dataset) {
    return find(dataset).flatMap(found -> columns(found, found.primaryKey())).orElse(List.of());
  }

  /// All relationships of which both sides can be seen.
  public List<Foreign> foreign() {
    var foreign = new ArrayList<Foreign>();
    for (Relationship link : domain.model().relationships()) {
      Optional<List<String>> from =
          find(link.from()).flatMap(found -> columns(found, link.fromColumns()));
      Optional<List<String>> to =
          find(link.to()).flatMap(found -> columns(found, link.toColumns()));
      if (from.isPresent() && to.isPresent()) {
        foreign.add(new Foreign(link.name(), link.from(), from.get(), link.to(), to.get()));
      }
    }
    return foreign;
  }

  private Optional<Dataset> find(String name) {
    return domain.model().datasets().stream()
        .filter(dataset -> dataset.name().equals(name))
        .findFirst();
  }

  private Optional<List<String>> columns(Dataset dataset, List<String> sources) {
    Optional<TableDescription> table =
        domain.planner().tables().stream()
            .filter(
                each -> each.schema().equals(domain.name()) && each.name().equals(dataset.name()))
            .findFirst();
    if (sources.isEmpty() || table.isEmpty() || !domain.access().seesAll()) {
      return Optional.empty();
    }
    List<String> shown = table.get().columns().stream().map(ColumnDescription::name).toList();
    var columns = new ArrayList<String>();
    for (String source : sources) {
      Optional<String> field =
          dataset.fields().stream()
              .filter(each -> each.expression().strip().equalsIgnoreCase(source))
              .map(Field::name)
              .filter(shown::contains)
              .findFirst();
      if (field.isEmpty()) {
        return Optional.empty();
      }
      columns.add(field.get());
    }
    return Optional.of(columns);
  }
}
