package io.scorebook.catalog.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductReaderTest {
  static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 7b0c
      name: sales
      version: 2.1.0
      status: active
      domain: shop
      description:
        purpose: What was sold
      team:
        name: Shop
        members:
          - {username: ann@shop.example, role: Owner}
      outputPorts:
        - name: by_day
          description: Sales of each day
          customProperties:
            - property: metricQuery
              value:
                metrics: [revenue, sales]
                dimensions: [day, item]
                filters:
                  - {field: year, op: ">=", value: 2018}
                  - {field: item, op: in, value: [bread, milk]}
                  - {field: day, op: isNotNull}
        - name: rows
          version: 2.0.1
          contractId: urn:rows
          deprecated: true
          customProperties:
            - {property: dataset, value: sales}
            - {property: someoneElses, value: 7}
      """;

  private final Findings findings = new Findings();

  private void assertFinds(String text, String... lines) {
    assertThat(ProductReader.parse("products/sales.yaml", text, findings)).isEmpty();
    assertThat(findings.toList()).extracting(Finding::toString).containsExactly(lines);
  }

  private Product read() {
    Optional<Product> product = ProductReader.parse("products/sales.yaml", PRODUCT, findings);
    assertThat(findings.toList()).isEmpty();
    return product.orElseThrow();
  }

  @Test
  void readsAProduct() {
    Product product = read();
    assertThat(product.version()).isEqualTo(new Version(2, 1, 0));
    assertThat(product.schema()).isEqualTo("sales_v2");
    assertThat(product.status()).isEqualTo(Product.Status.ACTIVE);
    assertThat(product.owner()).isEqualTo("ann@shop.example");
    assertThat(product.purpose()).isEqualTo("What was sold");
    assertThat(product.location()).hasToString("products/sales.yaml:4");
  }

  @Test
  void namesTheTeamAsOwnerWhereNoMemberIs() {
    assertThat(
            ProductReader.parse("p.yaml", PRODUCT.replace("role: Owner", "role: cook"), findings)
                .orElseThrow()
                .owner())
        .isEqualTo("Shop");
  }

  @Test
  void readsThePortOfAMetricQuery() {
    Port port = read().findPort("by_day").orElseThrow();
    assertThat(port.version()).isEqualTo(new Version(2, 1, 0));
    assertThat(port.contractId()).isEqualTo("shop.sales.by_day");
    assertThat(port.content())
        .isEqualTo(
            new Port.MetricQuery(
                List.of("revenue", "sales"),
                List.of("day", "item"),
                List.of(
                    new Port.Condition("year", ">=", List.of(BigInteger.valueOf(2018))),
                    new Port.Condition("item", "in", List.of("bread", "milk")),
                    new Port.Condition("day", "isNotNull", List.of()))));
  }

  @Test
  void readsThePortOfADataset() {
    Port port = read().findPort("rows").orElseThrow();
    assertThat(port.version()).isEqualTo(new Version(2, 0, 1));
    assertThat(port.contractId()).isEqualTo("urn:rows");
    assertThat(port.deprecated()).isTrue();
    assertThat(port.content()).isEqualTo(new Port.DatasetRows("sales"));
  }

  @Test
  void reportsAllThatAProductLacks() {
    assertFinds(
        "kind: Product\nnaem: x\n",
        "products/sales.yaml:1: error: Cannot find the required 'apiVersion'",
        "products/sales.yaml:1: error: Cannot use 'Product' as 'kind'; there is 'DataProduct'",
        "products/sales.yaml:1: error: Cannot find the required 'id'",
        "products/sales.yaml:1: error: Cannot find the required 'name'",
        "products/sales.yaml:1: error: Cannot find the required 'version'",
        "products/sales.yaml:1: error: Cannot find the required 'status'",
        "products/sales.yaml:1: error: Cannot find the product's purpose; say in"
            + " description.purpose what the product is for",
        "products/sales.yaml:1: error: Cannot find who owns the product; name the team, or a member"
            + " of it with the role owner",
        "products/sales.yaml:1: error: Cannot use a product without output ports",
        "products/sales.yaml:2: error: Cannot use the key 'naem'; did you mean 'name'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 2.1.0 | version: 2.1 | 5: error: Invalid version '2.1'; write three numbers: 1.0.0",
        "status: active | status: activ | 6: error: Cannot use 'activ' as 'status'; did you mean"
            + " 'active'?",
        "status: active | status: active~deprecated: true | 7: error: Cannot be deprecated with the"
            + " status 'active'; write status: deprecated",
        "name: sales | name: Sales-2 | 4: error: Invalid name of a product: 'Sales-2'; use a-z, 0-9"
            + " and _, at most 64, beginning with a letter",
        "apiVersion: v1.1.0 | apiVersion: v4.1 | 1: error: Cannot use 'v4.1' as 'apiVersion'; there is"
            + " 'v1.0.0', 'v1.1.0'",
        "metricQuery | metricsQuery | 15: error: Cannot find what the output port holds:"
            + " 'metricsQuery' is none; give the custom property 'metricQuery' or 'dataset'",
        "property: someoneElses | property: dataset | 30: error: Cannot have two contents of one"
            + " output port; give 'metricQuery' or 'dataset' once",
        "op: \">=\" | op: \"=>\" | 23: error: Cannot find the operator '=>'; did you mean '=', '>'?",
        "value: [bread, milk] | value: [] | 24: error: Cannot compare 'item' by 'in' to no values",
        "value: 2018 | value: null | 23: error: Cannot compare 'year' by '>=' to no value; use isNull"
            + " or isNotNull to ask for NULL",
        "{field: day, op: isNotNull} | {or: []} | 25: error: Cannot nest filters of a product by"
            + " 'or'; all filters of the list hold together; use 'in' for alternatives of one field",
        "metrics: [revenue, sales] | metrics: [revenue, revenue] | 20: error: Cannot have 'revenue'"
            + " twice in 'metrics'",
        "name: rows | name: by_day | 26: error: Cannot have two output ports 'by_day'; the first is"
            + " on line 15",
      })
  void reportsAMistakeAtItsPlace(String right, String wrong, String finding) {
    String text = PRODUCT.replace(right, wrong.replace("~", "\n"));
    assertThat(text).isNotEqualTo(PRODUCT);
    assertFinds(text, "products/sales.yaml:" + finding);
  }

  @Test
  void neverThrowsOnWhatIsNoProduct() {
    for (String text :
        List.of(
            "",
            "- a",
            "a",
            "outputPorts: 7",
            "outputPorts: [7]",
            "team: x",
            "description: []",
            "outputPorts: [{name: a, customProperties: [{property: metricQuery, value: 1}]}]",
            "outputPorts: [{name: a, customProperties: [{property: dataset, value: [1]}]}]",
            "{")) {
      var own = new Findings();
      assertThat(ProductReader.parse("p.yaml", text, own)).isEmpty();
      assertThat(own.hasErrors()).as(text).isTrue();
    }
  }

  @Test
  void readsWhoStandsBehindItAndWhereTheyAreReached() {
    String text =
        PRODUCT.replace(
            "outputPorts:\n",
            """
            synonyms: [{synonym: turnover}]
            support:
              - {channel: Shop desk, url: "mailto:desk@shop.example", tool: email}
            outputPorts:
            """);
    Product product = ProductReader.parse("p.yaml", text, findings).orElseThrow();
    assertThat(product.synonyms()).containsExactly("turnover");
    assertThat(product.contacts().team()).contains("Shop");
    assertThat(product.contacts().members().getFirst().role()).contains("Owner");
    assertThat(product.contacts().support().getFirst().tool()).contains("email");
  }

  @Test
  void refusesAnAddressOfSupportThatRunsSomething() {
    assertFinds(
        PRODUCT.replace(
            "outputPorts:\n",
            "support: [{channel: desk, url: \"javascript:alert(1)\"}]\noutputPorts:\n"),
        "products/sales.yaml:14: error: Invalid address of support: 'javascript:alert(1)'; write"
            + " one that begins with https:, http: or mailto:");
  }
}
