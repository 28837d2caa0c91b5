package io.scorebook.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.Draft.Outcome;
import io.scorebook.engine.draft.guess.DraftColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that nobody would wish for: a draft that holds, or an error with the file and the line.
final class HostileFilesTest {
  @TempDir Path folder;
  private Drafts files;

  @SuppressWarnings("NullAway.Init")
  HostileFilesTest() {}

  @BeforeEach
  void begin() {
    files = new Drafts(folder);
  }

  private List<String> columns(Draft draft, String table) {
    return Drafts.table(draft, table).columns().stream().map(DraftColumn::name).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no bytes        | ''                            | Cannot read FILE: it is empty, without a header",
        "only a header   | 'id,name\\n'                  | Cannot draft the table 'rows_of': rows_of.csv has no rows",
        "semicolons      | 'id;name\\n1;a\\n'            | Cannot read FILE:1: its columns are not divided by commas",
        "a column twice  | 'id,Name,NAME\\n1,a,b\\n'     | Cannot read FILE:1: both columns 'Name' and 'NAME' are the field 'NAME'",
        "an open quote   | 'id,name\\n1,\"a\\n2,b\\n'    | Cannot read FILE: a quote is not closed",
        "no header       | '1,2024-01-05,a\\n2,2024-01-06,b\\n' | Cannot read FILE:1: its first line is no header",
        "ragged rows     | 'id,name\\n1\\n2\\n'          | Cannot draft the table 'rows_of': no row can be taken apart; rows_of.csv:2 has 1 cells, but the header has 2",
      })
  void isRefusedWithFileAndLine(String what, String text, String reason) {
    files.file("rows_of.csv", text.replace("\\n", "\n"));
    assertThat(files.reasons())
        .as(what)
        .anySatisfy(told ->
            assertThat(told)
                .contains(reason.replace("FILE", folder.resolve("files/rows_of.csv").toString())));
  }

  @Test
  void allFilesThatCannotBeUsedAreToldTogether() {
    files.file("a.csv", "").file("b.csv", "x;y\n1;2\n").file("c.csv", "id\n1\n");
    assertThat(files.reasons()).hasSize(2);
    Path missing = folder.resolve("missing.csv");
    assertThat(Draft.of(List.of(missing, folder.resolve("notes.txt")), "x", _ -> {}))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.reasons())
                    .first()
                    .isEqualTo("Cannot read %s: there is no such file".formatted(missing)));
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    files.file("a.csv", "id\n1\n");
    Files.write(folder.resolve("files/a.csv"), new byte[] {'i', 'd', '\n', (byte) 0xe4, '\n'});
    assertThat(files.reasons()).singleElement().asString().contains("is not UTF-8");
  }

  @Test
  void namesThatSqlDoesNotTakeAreMadeOnesThatItDoes() {
    files.file(
        "Größte Verkäufe!.csv",
        "Order ID,select,größe,\"a \"\"b\"\"\",名前,a b,a_b,Group,date,2019,win%,,select_value\n"
            + "1,2,3,4,5,6,7,8,2024-01-01,10,0.5,12,13\n");
    Draft draft = files.draft();
    assertThat(draft.documents()).containsKey("schemas/grosste_verkaufe.avsc");
    assertThat(columns(draft, "grosste_verkaufe"))
        .containsExactly(
            "order_id",
            "grosste_verkaufe_select",
            "grosse",
            "a_b_2",
            "column_5",
            "a_b_3",
            "a_b",
            "grosste_verkaufe_group",
            "grosste_verkaufe_date",
            "column_2019",
            "win_pct",
            "select_value");
    assertThat(draft.documents().get("schemas/grosste_verkaufe.avsc"))
        .contains("\"aliases\": [\"名前\"]")
        .contains("\"aliases\": [\"a \\\"b\\\"\"]");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() {
    files.file("a.csv", "\ufeffid,amount\n1,2\n2,3\n");
    assertThat(columns(files.draft(), "a")).containsExactly("id", "amount");
  }

  @Test
  void mixedTypesAreTextOrToldWithTheirPlace() {
    var rows = new StringBuilder("id,nearly,half,nothing\n");
    for (int i = 1; i <= 200; i++) {
      rows.append("%d,%s,%s,\n".formatted(i, i == 77 ? "n/a" : "5", i % 2 == 0 ? "x" : "5"));
    }
    files.file("a.csv", rows.toString());
    Draft draft = files.draft();
    assertThat(Drafts.column(draft, "a", "nearly").type().type()).isEqualTo(Simple.LONG);
    assertThat(Drafts.column(draft, "a", "half").type().type()).isEqualTo(Simple.STRING);
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt ->
            doubt.contains("a.nearly 1 of 200 values are not an integer, as 'n/a' in a.csv:78"))
        .anyMatch(doubt -> doubt.contains("a.nothing is never filled"));
    assertThat(Drafts.table(draft, "a").rejected()).isEqualTo(1);
  }

  @Test
  void numbersOfAnySizeAreKeptWhole() {
    files.file(
        "a.csv",
        """
        id,huge,wide,code,exponent
        1,123456789012345678901234,123456789012345678901234567890123456789012345,007,1e5
        2,5,6,008,2.5e-3
        """);
    Draft draft = files.draft();
    assertThat(Drafts.column(draft, "a", "huge").type().type())
        .isEqualTo(new ColumnType.Decimal(38, 0));
    assertThat(Drafts.column(draft, "a", "wide").type().type()).isEqualTo(Simple.STRING);
    assertThat(Drafts.column(draft, "a", "code").type().type()).isEqualTo(Simple.STRING);
    assertThat(Drafts.column(draft, "a", "exponent").type().type()).isEqualTo(Simple.DOUBLE);
  }

  @Test
  void datesOfOtherFormsAreTextAndTold() {
    files.file(
        "a.csv",
        """
        id,iso,german,american,named,midnight,local,mixed
        1,2024-01-31,31.01.2024,01/31/2024,"Jan 31, 2024",2024-01-31 00:00:00,2024-01-31T10:00,2024-01-31
        2,2024-02-01,01.02.2024,02/01/2024,"Feb 1, 2024",2024-02-01 00:00:00,2024-02-01T11:30,01/02/2024
        """);
    Draft draft = files.draft();
    assertThat(List.of("iso", "german", "american", "named", "midnight", "local", "mixed"))
        .extracting(name -> Drafts.column(draft, "a", name).type().type())
        .containsExactly(
            Simple.DATE,
            Simple.STRING,
            Simple.STRING,
            Simple.STRING,
            Simple.DATE,
            Simple.TIMESTAMP,
            Simple.STRING);
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt -> doubt.contains("a.german looks like dates, as '31.01.2024' in a.csv:2"));
  }

  @Test
  void rowsThatCannotBeTakenApartAreToldAndCounted() {
    files.file("a.csv", "id,amount\n1,2\n2\n3,4,5\n4,5\n");
    Draft draft = files.draft();
    assertThat(Drafts.table(draft, "a").rejected()).isEqualTo(2);
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(
            doubt -> doubt.contains("2 rows cannot be taken apart") && doubt.contains("a.csv:3"));
  }

  @Test
  void jsonLinesWithKeysOfTheirOwn() {
    files.file(
        "a.ndjson",
        """
        {"id": 1, "amount": 2.5, "ok": true, "tags": ["x"], "at": "2024-01-31T10:00:00Z"}
        {"id": 2, "late": "y", "nested": {"a": 1}}
        """);
    Draft draft = files.draft();
    assertThat(columns(draft, "a")).containsExactly("id", "amount", "ok", "at", "late");
    assertThat(draft.plan().guesses().doubts())
        .anyMatch(doubt ->
            doubt.contains("the column 'tags' is left out") && doubt.contains("a.ndjson:1"));
  }

  @Test
  void onlyNumbersAndDatesWhereAHeaderShouldBeButYearsMayBeColumns() {
    files.file("a.csv", "town,2019,2020\nGraz,1,2\nOslo,3,4\n");
    assertThat(columns(files.draft(), "a")).containsExactly("town", "column_2019", "column_2020");
  }

  @Test
  void textsThatYamlAndJsonWouldReadOtherwiseStayWhatTheyAre() {
    files.file(
        "no.csv",
        "id,\"x: # y\",\"back\\slash\",'quote',\"line\nbreak\",\"{curly}\",null\n1,2,3,4,5,6,7\n");
    Draft draft = files.draft();
    assertThat(columns(draft, "no"))
        .containsExactly(
            "id", "x_number_y", "back_slash", "quote", "line_break", "curly", "no_null");
  }
}
