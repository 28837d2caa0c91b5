package io.scorebook.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is guessed from ordinary files, and what is not.
final class DraftTest {
  @TempDir Path folder;
  private Drafts files;

  @SuppressWarnings("NullAway.Init")
  DraftTest() {}

  @BeforeEach
  void begin() {
    files = new Drafts(folder);
  }

  /// `HEADER`, and so many rows with `#` replaced by their number.
  private static String rows(String header, int count, String row) {
    return header
        + "\n"
        + IntStream.rangeClosed(1, count)
            .mapToObj(i -> row.replace("#", String.valueOf(i)))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private void shop() {
    files
        .file(
            "customers.csv",
            """
            id,Name,Email,City,Postal Code,Signed Up
            1,Ann Moor,ann@mail.example,Graz,01037,2023-01-11
            2,Ben Hill,ben@mail.example,Oslo,01074,2023-02-12
            3,Cleo Lake,cleo@mail.example,Graz,01111,2023-03-13
            """)
        .file(
            "products.csv",
            """
            SKU,Title,Category,List Price
            P-1,Hammer,tools,12.50
            P-2,Bear,toys,8.00
            """)
        .file(
            "orders-2023.csv",
            """
            order_id,customer_id,ship_to_customer_id,ordered_at,status,year,discount_pct,total
            1,1,2,2023-05-01T10:00:00Z,paid,2023,5,45.50
            2,1,1,2023-06-01T10:00:00Z,open,2023,0,8.00
            """)
        .file(
            "orders-2024.csv",
            """
            order_id,customer_id,ship_to_customer_id,ordered_at,status,year,discount_pct,total
            3,3,2,2024-05-01T10:00:00Z,paid,2024,,12.50
            """)
        .file(
            "order_items.csv",
            """
            order_id,line_no,product_sku,quantity,unit_price,amount
            1,1,P-1,3,12.50,37.50
            1,2,P-2,1,8.00,8.00
            2,1,P-2,1,8.00,8.00
            3,1,P-1,1,12.50,12.50
            """);
  }

  @Test
  void aShopHasItsKeysItsLinksAndItsNumbers() {
    shop();
    Draft draft = files.draft();
    assertThat(Drafts.key(draft, "customers")).containsExactly("id");
    assertThat(Drafts.key(draft, "products")).containsExactly("sku");
    assertThat(Drafts.key(draft, "orders")).containsExactly("order_id");
    assertThat(Drafts.key(draft, "order_items")).containsExactly("order_id", "line_no");
    assertThat(Drafts.links(draft))
        .containsExactlyInAnyOrder(
            "orders(customer_id) > customers",
            "orders(ship_to_customer_id) > customers",
            "order_items(order_id) > orders",
            "order_items(product_sku) > products");
    assertThat(Drafts.metrics(draft))
        .containsExactlyInAnyOrder(
            "COUNT(customers.id)",
            "COUNT(products.sku)",
            "COUNT(orders.order_id)",
            "COUNT(order_items.order_id)",
            "AVG(products.list_price)",
            "AVG(orders.discount_pct)",
            "SUM(orders.total)",
            "SUM(order_items.quantity)",
            "AVG(order_items.unit_price)",
            "SUM(order_items.amount)");
  }

  @Test
  void aSecondRoleIsSeenUnderItsOwnNames() {
    shop();
    Draft draft = files.draft();
    assertThat(draft.plan().dimensions(Drafts.table(draft, "order_items")).keySet())
        .contains(
            "customer_name", "ship_to_customer_name", "ordered_at", "product_title", "order_status")
        .doesNotContain("customer_email", "id", "total");
  }

  @Test
  void eachGuessHasItsReasonBesideIt() {
    shop();
    Draft draft = files.draft();
    assertThat(draft.documents().get("model.yaml"))
        .contains(
            """
                # key: (order_id, line_no) is never empty and unique together in 4 of 4 different rows
                primary_key: [order_id, line_no]
            """)
        .contains("# 2 of the 2 different values of orders.customer_id are in customers.id;")
        .contains("# not summed: it looks like a year, 2023..2024")
        .contains("# not summed: the name says a share, a rate or a price, 0..5")
        .contains("# not summed: it leads to customers");
    assertThat(draft.documents().get("schemas/customers.avsc"))
        .contains("digits that are no number, as '01037' in customers.csv:2")
        .contains("\"pii\": \"email\"")
        .contains("perhaps email of a person, by its name")
        .contains("\"aliases\": [\"Postal Code\"]");
  }

  @Test
  void typesAreThoseThatALoadTakes() {
    shop();
    Draft draft = files.draft();
    assertThat(Drafts.column(draft, "orders", "total").type().type())
        .isEqualTo(new ColumnType.Decimal(18, 2));
    assertThat(Drafts.column(draft, "orders", "ordered_at").type().type())
        .isEqualTo(Simple.TIMESTAMP_TZ);
    assertThat(Drafts.column(draft, "customers", "signed_up").type().type()).isEqualTo(Simple.DATE);
    assertThat(Drafts.column(draft, "customers", "postal_code").type().type())
        .isEqualTo(Simple.STRING);
  }

  @Test
  void theSameFilesGiveTheSameBytes() {
    shop();
    assertThat(files.draft().documents()).isEqualTo(files.draft().documents());
  }

  @Test
  void whatIsNeverFilledFreeOrAboutAPersonIsLeftOutOfTheModel() {
    files.file(
        "visits.csv",
        rows("visit_id,phone,remark,nothing", 30, "#,+4366#,%s#,".formatted("words ".repeat(20))));
    Draft draft = files.draft();
    assertThat(draft.documents().get("model.yaml"))
        .contains("- name: visit_id")
        .doesNotContain("- name: phone")
        .doesNotContain("- name: remark")
        .doesNotContain("- name: nothing");
    assertThat(draft.documents().get("schemas/visits.avsc"))
        .contains("\"nothing\"")
        .contains("not in the model, since it is never filled")
        .contains("it may be the phone of a person");
  }

  @Test
  void whatDoesNotAddUpIsNotSummed() {
    files.file(
        "readings.csv",
        rows(
            "reading_id,row,share_sold,ratio,latitude,stock,cum_sales,flag,year_built,day,litres",
            30,
            "r#,#,0.5,0.#,48.2,#00,#,1,1946,20240105,#.5"));
    Draft draft = files.draft();
    assertThat(Drafts.metrics(draft))
        .containsExactlyInAnyOrder(
            "COUNT(readings.reading_id)",
            "AVG(readings.share_sold)",
            "AVG(readings.ratio)",
            "AVG(readings.stock)",
            "AVG(readings.cum_sales)",
            "SUM(readings.flag)",
            "SUM(readings.litres)");
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt -> doubt.contains("stock") && doubt.contains("semiAdditive"))
        .anyMatch(doubt -> doubt.contains("cum_sales"))
        .anyMatch(doubt -> doubt.contains("looks like days as 20151027"));
  }

  @Test
  void aKeyWithFewConflictsIsToldWithTheirPlaces() {
    files.file("sales.csv", rows("sale_id,amount", 200, "#,10") + "7,11\n" + "8,10\n");
    Draft draft = files.draft();
    assertThat(Drafts.key(draft, "sales")).containsExactly("sale_id");
    assertThat(Drafts.table(draft, "sales").rejected()).isEqualTo(1);
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt -> doubt.contains("sales.csv:8 and sales.csv:202"))
        .anyMatch(doubt -> doubt.contains("1 rows repeat another one wholly"));
  }

  @Test
  void aTableOfDaysHasTheDayAsItsKey() {
    files.file("days.csv", "day,year,month\n2020-01-01,2020,1\n2021-01-01,2021,1\n");
    assertThat(Drafts.key(files.draft(), "days")).containsExactly("day");
  }

  @Test
  void withoutAKeyThereIsNoDraft() {
    files.file("marks.csv", "kind,weight\na,1.5\na,2.5\n");
    assertThat(files.reasons())
        .singleElement()
        .asString()
        .startsWith("Cannot find a key for the table of marks.csv")
        .contains("add a column that numbers the rows");
  }

  @Test
  void aLinkThatDoesNotHoldEverywhereIsNotPromised() {
    files
        .file("shops.csv", rows("shop_id,town", 99, "#,T#"))
        .file("sales.csv", rows("sale_id,shop_id,amount", 100, "#,#,2.50"));
    Draft draft = files.draft();
    assertThat(Drafts.links(draft)).containsExactly("sales(shop_id) > shops");
    assertThat(draft.documents().get("schemas/sales.avsc")).doesNotContain("references");
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(
            doubt -> doubt.contains("sales.shop_id has 1 values that are not in shops.shop_id"));
  }

  @Test
  void aLinkToATableThatHasNothingToSeeIsDrawnAllTheSame() {
    files
        .file("parcels.csv", rows("parcel_id,kilos", 9, "#,2"))
        .file("sales.csv", rows("sale_id,parcel_id,amount", 9, "#,#,2.50"));
    Draft draft = files.draft();
    assertThat(Drafts.links(draft)).containsExactly("sales(parcel_id) > parcels");
    assertThat(draft.documents().get("model.yaml")).contains("{\"exposes\": []}");
  }

  @Test
  void linksNeverLeadInACircle() {
    files
        .file("clerks.csv", rows("clerk_id,shop_id", 9, "#,#"))
        .file("shops.csv", rows("shop_id,clerk_id", 9, "#,#"));
    assertThat(Drafts.links(files.draft())).hasSize(1);
  }

  @Test
  void aNameWithoutTheValuesIsNoLink() {
    files
        .file("shops.csv", rows("shop_id,town", 9, "#,T#"))
        .file("sales.csv", rows("sale_id,shop_id,amount", 30, "#,7#,2.50"));
    Draft draft = files.draft();
    assertThat(Drafts.links(draft)).isEmpty();
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt -> doubt.contains("sales.shop_id is called like the key of shops"));
  }

  @Test
  void smallNumbersAreNoLinkByTheirValuesAlone() {
    files
        .file("shops.csv", rows("shop_id,town", 50, "#,T#"))
        .file("sales.csv", rows("sale_id,pieces", 30, "#,#"));
    assertThat(Drafts.links(files.draft())).isEmpty();
  }

  @Test
  void rowsAreToldApartByNameOnlyWhereNamesAreKeptDistinct() {
    files.file("clerks.csv", rows("clerk_id,clerk_name", 40, "#,Ann Moor #") + "41,Ann Moor 7\n");
    Draft draft = files.draft();
    assertThat(draft.documents().get("schemas/clerks.avsc"))
        .contains("\"distinctNames\": {\"field\": \"clerk_name\", \"with\": \"clerk_id\"}");
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt -> doubt.contains("clerks.clerk_name has 40 different names in 41"));
  }

  @Test
  void partsOfOneShapeAreOneTableAndAFolderGivesItsName() {
    files
        .file("sales/part-0001.csv", rows("sale_id,amount", 3, "#,1"))
        .file("sales/part-0002.csv", rows("sale_id,amount,note", 3, "1#,1,x"))
        .file("towns.csv", rows("town_id,name", 3, "#,T#"));
    Draft draft = files.draft();
    assertThat(Drafts.table(draft, "sales").profile().rows()).isEqualTo(6);
    assertThat(draft.documents().get("schemas/sales.avsc"))
        .contains("\"files\": [\"part-0001.csv\", \"part-0002.csv\"]")
        .contains("{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null");
    assertThat(draft.documents()).containsKey("schemas/towns.avsc");
  }
}
