package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the gateway says. Rows are gathered in a buffer that a slow client holds up: he is sent no
/// more than he reads.
final class Outbound {
  private final OutputStream stream;
  private final WireBytes bytes = new WireBytes();
  private int start;

  /// When the client was last waited for, in nanoseconds; 0 while nobody waits.
  private volatile long waitsSince;

  Outbound(OutputStream stream) {
    this.stream = stream;
  }

  /// For how long the client has taken nothing that was sent to him.
  long stalledNanos() {
    long since = waitsSince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  void flush() throws IOException {
    if (bytes.end() > 0) {
      waitsSince = System.nanoTime();
      stream.write(bytes.array(), 0, bytes.end());
      stream.flush();
      waitsSince = 0;
      bytes.clear();
    }
  }

  private Outbound begin(char type) {
    bytes.int8(type);
    start = bytes.end();
    bytes.int32(0);
    return this;
  }

  private void finish() throws IOException {
    bytes.int32At(start, bytes.end() - start);
    if (bytes.end() >= WireBytes.ROOM) {
      flush();
    }
  }

  private Outbound int8(int value) {
    bytes.int8(value);
    return this;
  }

  private Outbound int16(int value) {
    bytes.int16(value);
    return this;
  }

  private Outbound int32(int value) {
    bytes.int32(value);
    return this;
  }

  private Outbound bytes(byte[] more) {
    bytes.bytes(more);
    return this;
  }

  /// A zero ends a text on the wire, so that none may stand in it.
  private Outbound text(String text) {
    return bytes(text.replace("\0", "").getBytes(StandardCharsets.UTF_8)).int8(0);
  }

  void authenticationOk() throws IOException {
    begin('R').int32(0).finish();
  }

  void authenticationCleartext() throws IOException {
    begin('R').int32(3).finish();
  }

  void authenticationSasl(String mechanism) throws IOException {
    begin('R').int32(10).text(mechanism).int8(0).finish();
  }

  /// @param last whether it ends the exchange
  void authenticationSasl(boolean last, String data) throws IOException {
    begin('R').int32(last ? 12 : 11).bytes(data.getBytes(StandardCharsets.UTF_8)).finish();
  }

  void parameterStatus(String name, String value) throws IOException {
    begin('S').text(name).text(value).finish();
  }

  void backendKey(int process, int secret) throws IOException {
    begin('K').int32(process).int32(secret).finish();
  }

  /// @param version of the protocol that is spoken, as a client names it in its first message
  void negotiate(int version, List<String> unknown) throws IOException {
    begin('v').int32(version).int32(unknown.size());
    for (String option : unknown) {
      text(option);
    }
    finish();
  }

  /// @param status `I` idle, `T` in a transaction, `E` in one that failed
  void readyForQuery(char status) throws IOException {
    begin('Z').int8(status).finish();
    flush();
  }

  void parseComplete() throws IOException {
    begin('1').finish();
  }

  void bindComplete() throws IOException {
    begin('2').finish();
  }

  void closeComplete() throws IOException {
    begin('3').finish();
  }

  void noData() throws IOException {
    begin('n').finish();
  }

  void emptyQuery() throws IOException {
    begin('I').finish();
  }

  void portalSuspended() throws IOException {
    begin('s').finish();
  }

  void commandComplete(String tag) throws IOException {
    begin('C').text(tag).finish();
  }

  void parameterDescription(List<Integer> oids) throws IOException {
    begin('t').int16(oids.size());
    for (int oid : oids) {
      int32(oid);
    }
    finish();
  }

  void rowDescription(List<Field> fields, Formats formats) throws IOException {
    begin('T').int16(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      text(field.name()).int32(0).int16(0).int32(field.oid()).int16(field.size());
      int32(field.modifier()).int16(formats.isBinary(i) ? 1 : 0);
    }
    finish();
  }

  void dataRow(List<Cell> cells) throws IOException {
    row('D', out -> cells(cells, out));
  }

  private interface Row {
    void write(WireBytes out);
  }

  private void row(char type, Row row) throws IOException {
    int from = bytes.end();
    begin(type);
    try {
      row.write(bytes);
    } catch (RuntimeException e) {
      bytes.cut(from); // no half row
      throw e;
    }
    finish();
  }

  private static void cells(List<Cell> cells, WireBytes out) {
    out.int16(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).writeWithLength(out);
    }
  }

  /// @param columns how many
  void copyOut(int columns, boolean binary) throws IOException {
    begin('H').int8(binary ? 1 : 0).int16(columns);
    for (int i = 0; i < columns; i++) {
      int16(binary ? 1 : 0);
    }
    finish();
  }

  void copyData(byte[]... data) throws IOException {
    begin('d');
    for (byte[] part : data) {
      bytes(part);
    }
    finish();
  }

  /// @param head what stands before the row
  void copyRow(byte[] head, CopyForm form, List<Cell> cells) throws IOException {
    row(
        'd',
        out -> {
          out.bytes(head);
          if (form.isBinary()) {
            cells(cells, out);
          } else {
            form.line(cells, out);
          }
        });
  }

  void copyDone() throws IOException {
    begin('c').finish();
  }

  void notice(String sqlState, String message) throws IOException {
    begin('N').int8('S').text("WARNING").int8('V').text("WARNING");
    int8('C').text(sqlState).int8('M').text(message).int8(0).finish();
  }

  /// @param severity `ERROR`, or `FATAL` where the connection ends
  void error(String severity, String sqlState, String message) throws IOException {
    begin('E').int8('S').text(severity).int8('V').text(severity);
    int8('C').text(sqlState).int8('M').text(message).int8(0).finish();
  }

  /// @param position of the character in the query, from 1
  void error(Problem problem, Optional<Integer> position) throws IOException {
    begin('E').int8('S').text("ERROR").int8('V').text("ERROR");
    int8('C').text(problem.code().sqlState()).int8('M').text(problem.detail());
    if (!problem.suggestions().isEmpty()) {
      int8('H').text("Perhaps you meant " + String.join(" or ", problem.suggestions()) + ".");
    }
    position.ifPresent(at -> int8('P').text(Integer.toString(at)));
    if (problem.code() == ErrorCode.COLUMNS_CHANGED) {
      // By this drivers know that they have to prepare it anew.
      int8('R').text("RevalidateCachedQuery");
    }
    int8(0).finish();
  }
}
