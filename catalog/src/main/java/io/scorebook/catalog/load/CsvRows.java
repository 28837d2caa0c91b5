package io.scorebook.catalog.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.scorebook.catalog.contract.Contract;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Rows of a CSV file. Only the columns that the contract knows become texts.
final class CsvRows implements RowReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final SourceStream stream;
  private final QuoteCounter quotes;
  private final Cells cells;
  private final CloseableIterator<Cells> rows;
  private final List<String> header;
  private final ColumnMatch match;

  private CsvRows(
      Path file,
      SourceStream stream,
      QuoteCounter quotes,
      Cells cells,
      CloseableIterator<Cells> rows,
      List<String> header,
      ColumnMatch match) {
    this.file = file;
    this.stream = stream;
    this.quotes = quotes;
    this.cells = cells;
    this.rows = rows;
    this.header = header;
    this.match = match;
  }

  static CsvRows open(Path file, Contract contract, LongPredicate whole) {
    SourceStream stream = SourceStream.open(file);
    try {
      var quotes = new QuoteCounter(stream.text());
      var cells = new Cells(contract.fields().size());
      CloseableIterator<Cells> rows =
          CsvReader.builder()
              .allowExtraFields(true)
              .allowMissingFields(true)
              .skipEmptyLines(true)
              .allowExtraCharsAfterClosingQuote(false)
              .build(cells, quotes)
              .iterator();
      if (!rows.hasNext()) {
        throw new UnreadableSource("Cannot read %s: it is empty, without a header".formatted(file));
      }
      List<String> header = List.copyOf(rows.next().all);
      ColumnMatch match = match(contract, file, header);
      cells.expect(match.fieldOfColumn(), whole);
      return new CsvRows(file, stream, quotes, cells, rows, header, match);
    } catch (CsvParseException | UncheckedIOException e) {
      stream.close();
      throw SourceStream.failure(file, 0, e);
    } catch (UnreadableSource e) {
      stream.close();
      throw e;
    }
  }

  private static ColumnMatch match(Contract contract, Path file, List<String> header) {
    if (header.size() == 1 && header.getFirst().matches(".*[;\t|].*")) {
      throw new UnreadableSource(
          "Cannot read %s:1: its columns are not divided by commas".formatted(file));
    }
    return ColumnMatch.of(contract, file.toString(), header);
  }

  @Override
  public boolean next() {
    try {
      if (rows.hasNext()) {
        rows.next();
        return true;
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw SourceStream.failure(file, cells.line, e);
    }
    if (quotes.odd) {
      throw new UnreadableSource(
          "Cannot read %s: a quote is not closed; the last row begins in line %d"
              .formatted(file, cells.line));
    }
    return false;
  }

  @Override
  public long line() {
    return cells.line;
  }

  @Override
  public @Nullable String malformed() {
    return cells.count == header.size()
        ? null
        : "has %d cells, but the header has %d".formatted(cells.count, header.size());
  }

  @Override
  public @Nullable Object value(int field) {
    return cells.values[field];
  }

  @Override
  public String raw() {
    ObjectNode row = JSON.createObjectNode();
    for (int i = 0; i < cells.all.size(); i++) {
      row.put(i < header.size() ? header.get(i) : "column " + (i + 1), cells.all.get(i));
    }
    return row.toString();
  }

  @Override
  public Set<String> ignored() {
    return match.ignored();
  }

  @Override
  public String sha256() {
    return stream.sha256();
  }

  @Override
  public void close() {
    stream.close();
  }

  /// The row at hand; used again for each.
  private static final class Cells extends AbstractBaseCsvCallbackHandler<Cells> {
    private final @Nullable String[] values;
    private final List<String> all = new ArrayList<>();
    private int @Nullable [] fieldOfColumn; // null while the header is read
    private LongPredicate lines = line -> true; // the header is kept, too
    private boolean whole;
    private long line;
    private int count;

    Cells(int fields) {
      this.values = new @Nullable String[fields];
    }

    void expect(int[] fields, LongPredicate whole) {
      this.fieldOfColumn = fields;
      this.lines = whole;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      whole = lines.test(line);
      count = 0;
      all.clear();
      Arrays.fill(values, null);
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      count++;
      if (whole) {
        all.add(new String(buffer, offset, length));
      }
      int[] fields = fieldOfColumn;
      if (fields != null && length > 0 && index < fields.length && fields[index] >= 0) {
        values[fields[index]] = new String(buffer, offset, length);
      }
    }

    @Override
    protected Cells buildRecord() {
      return this;
    }
  }

  /// An odd number of quotes means one that was never closed, which would swallow rows.
  private static final class QuoteCounter extends FilterReader {
    private boolean odd;

    QuoteCounter(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      for (int i = offset; i < offset + read; i++) {
        odd ^= buffer[i] == '"';
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      odd ^= read == '"';
      return read;
    }
  }
}
