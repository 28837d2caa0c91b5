package io.scorebook.catalog.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataContractTest {
  private final Product product =
      ProductReader.parse("p.yaml", ProductReaderTest.PRODUCT, new Findings()).orElseThrow();
  private final Port port = product.findPort("by_day").orElseThrow();

  private final Map<String, Object> contract =
      DataContract.render(
          product,
          port,
          List.of(
              new DataContract.Column(
                  "day",
                  DataContract.Type.DATE,
                  true,
                  true,
                  Optional.of("The day"),
                  Optional.empty(),
                  List.of("shop.sales.sold_on")),
              new DataContract.Column(
                  "revenue",
                  DataContract.Type.DECIMAL,
                  false,
                  false,
                  Optional.empty(),
                  Optional.of("SUM(sales.amount)"),
                  List.of("shop.sales.amount"))));

  @Test
  void hasWhatTheStandardRequires() {
    assertThat(contract)
        .containsEntry("apiVersion", "v3.1.0")
        .containsEntry("kind", "DataContract")
        .containsEntry("id", "shop.sales.by_day")
        .containsEntry("version", "2.1.0")
        .containsEntry("status", "active");
  }

  @Test
  void describesEachColumnWithTypeFormulaAndSource() {
    assertThat(DataContract.toYaml(contract))
        .contains(
            """
            schema:
            - name: by_day
              logicalType: object
              physicalType: table
              physicalName: sales_v2.by_day
              description: Sales of each day
              dataGranularityDescription: One row for each day, item
              properties:
              - name: day
                logicalType: date
                physicalType: DATE
                required: true
                primaryKey: true
                primaryKeyPosition: 1
                description: The day
                transformSourceObjects:
                - shop.sales.sold_on
              - name: revenue
                logicalType: number
                physicalType: DECIMAL
                required: false
                transformLogic: SUM(sales.amount)
                transformSourceObjects:
                - shop.sales.amount
            """);
  }

  @Test
  void saysThatADeprecatedPortIs() {
    Port rows = product.findPort("rows").orElseThrow();
    assertThat(DataContract.render(product, rows, List.of()))
        .containsEntry("status", "deprecated")
        .containsEntry("id", "urn:rows");
  }
}
