package io.scorebook.gateway.postgres;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Hands out the rows of one connection's portals.
final class Answers {
  private final Outbound out;
  private final Questions questions;

  /// What runs now, for a cancel from another connection.
  private Optional<Portal> running = Optional.empty();

  /// Whether a client waits for `ReadyForQuery`.
  private boolean busy;

  /// Whether he has asked meanwhile to end what he waits for.
  private boolean cancelled;

  Answers(Outbound out, Questions questions) {
    this.out = out;
    this.questions = questions;
  }

  /// To be told of every message that is dealt with.
  synchronized void begin() {
    busy = true;
  }

  /// To be told before the client may send the next statement: what he cancels from now on is that.
  synchronized void end() {
    busy = false;
    cancelled = false;
  }

  /// Ends what the client waits for: what runs now, or else the first that would run yet, as while
  /// a statement is planned. Safe from any thread.
  synchronized void cancel() {
    cancelled = busy;
    running.ifPresent(portal -> portal.cancellation().cancel());
  }

  private synchronized void runs(Portal portal) {
    running = Optional.of(portal);
    if (cancelled) {
      portal.cancellation().cancel();
    }
  }

  private synchronized void rests() {
    running = Optional.empty();
  }

  /// The rows of a query, asked where that was not done yet.
  void rows(Portal portal, String sql, long most, boolean describes) throws IOException {
    portal.requireWhole();
    if (portal.isDone()) {
      out.commandComplete("SELECT 0");
      return;
    }
    if (portal.rows().isPresent()) {
      questions.requireValid(); // he may have lost his key since
    } else {
      open(portal, sql);
    }
    give(portal, portal.rows().orElseThrow(), most, describes, "SELECT");
  }

  /// Between asking and the first row, and while rows go out, a cancel ends it.
  private void open(Portal portal, String sql) throws IOException {
    runs(portal);
    try {
      for (String notice : questions.notices(sql)) {
        out.notice("01000", notice);
      }
      RowSource rows = questions.ask(sql, portal.values(), portal.types(), portal.cancellation());
      try {
        portal.open(portal.asTold(rows));
      } finally {
        if (portal.rows().isEmpty()) {
          rows.close();
        }
      }
    } finally {
      rests();
    }
  }

  /// The next rows.
  ///
  /// @param tag of the command, where they end
  void give(Portal portal, RowSource rows, long most, boolean describes, String tag)
      throws IOException {
    runs(portal);
    boolean whole = false;
    try {
      if (describes) {
        out.rowDescription(rows.fields(), portal.formats());
      }
      List<Cell> cells = rows.cells(portal.formats());
      long given = 0;
      while (given < most && rows.next()) {
        out.dataRow(cells);
        given++;
      }
      if (given == most) {
        out.portalSuspended();
      } else {
        portal.finish();
        out.commandComplete(tag.equals("SELECT") ? tag + " " + given : tag);
      }
      whole = true;
    } finally {
      rests();
      if (!whole) {
        portal.breakOff();
      }
    }
  }

  /// The next rows of a cursor, which stays open.
  ///
  /// @param rows that are fetched in all
  /// @param most of them now
  void fetch(Portal cursor, long rows, long most, boolean describes, Portal fetching)
      throws IOException {
    cursor.requireWhole();
    questions.requireValid();
    String sql = cursor.query();
    if (cursor.rows().isEmpty() && !cursor.isDone()) {
      open(cursor, sql);
    }
    long wanted = rows - fetching.given();
    long limit = Math.min(wanted, most);
    long given = 0;
    runs(cursor);
    boolean whole = false;
    try {
      List<Field> fields = cursor.fields().orElseThrow();
      if (describes) {
        out.rowDescription(fields, fetching.formats());
      }
      if (cursor.rows().isPresent()) {
        RowSource source = cursor.rows().get();
        List<Cell> cells = fetching.asTold(source).cells(fetching.formats());
        boolean there = true;
        while (given < limit && there) {
          there = source.next();
          if (there) {
            out.dataRow(cells);
            given++;
          }
        }
        if (!there) {
          cursor.finish();
        }
      }
      whole = true;
    } finally {
      rests();
      if (!whole) {
        cursor.breakOff();
      }
    }
    fetching.give(given);
    if (given == limit && limit < wanted) {
      out.portalSuspended();
    } else {
      out.commandComplete("FETCH " + given);
    }
  }

  /// All rows, as `COPY` writes them.
  void copy(Portal portal, String query, CopyForm form) throws IOException {
    portal.requireWhole();
    open(portal, query);
    runs(portal);
    try {
      RowSource rows = portal.rows().orElseThrow();
      out.copyOut(rows.fields().size(), form.isBinary());
      // As PostgreSQL parts them: what is before the rows goes with the first, a header as a row.
      byte[] before = form.head(rows.fields());
      if (!form.isBinary() && before.length > 0) {
        out.copyData(before);
        before = new byte[0];
      }
      List<Cell> cells = rows.cells(form.formats());
      long given = 0;
      while (rows.next()) {
        out.copyRow(before, form, cells);
        before = new byte[0];
        given++;
      }
      byte[] tail = form.tail();
      if (before.length + tail.length > 0) {
        out.copyData(before, tail);
      }
      out.copyDone();
      portal.finish();
      out.commandComplete("COPY " + given);
    } finally {
      rests();
      portal.close(); // where it broke off
    }
  }
}
