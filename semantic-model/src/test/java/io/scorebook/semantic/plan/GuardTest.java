package io.scorebook.semantic.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.ViewExpanders;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.junit.jupiter.api.Test;

final class GuardTest {
  private static final Sight SOME =
      new Sight(
          Optional.of(
              new Sight.Rows(List.of(new Sight.Condition("season > 2000", Map.of())), List.of())),
          Map.of("home_points", new Sight.Shown.Hidden()));

  private static final List<SourceTable> TABLES =
      Basketball.tables().stream()
          .map(table -> table.name().equals("games") ? table.seenThrough(SOME) : table)
          .toList();

  @Test
  void refusesAScanWithoutItsPolicy() {
    var model = new CompiledModel(Basketball.MODEL, TABLES);
    var rel = AssumedKeys.planning(model).scan("basketball", "games");
    TableScan governed = (TableScan) rel.getInput(0);
    assertThat(governed).isInstanceOf(GovernedScan.class);
    assertThat(governed.getRowType().getFieldNames()).doesNotContain("home_points");
    var bare = LogicalTableScan.create(governed.getCluster(), governed.getTable(), List.of());
    assertThatThrownBy(() -> Guard.check(bare))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a scan is without its policy");
    assertThat(governed.getTable().toRel(ViewExpanders.simpleContext(governed.getCluster())))
        .isNotInstanceOf(LogicalTableScan.class);
  }

  @Test
  void refusesAPlanThatDependsOnWhatIsHidden() {
    var planner = new Planner(Basketball.MODEL, TABLES, List.of());
    assertThatThrownBy(() -> planner.plan(Basketball.ask("team_points", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depends on a column that is hidden")
        .hasMessageNotContaining("home_points");
    assertThat(planner.plan(Basketball.ask("appearances", "")))
        .isInstanceOf(Planning.Planned.class);
  }
}
