package io.scorebook.gateway.http;

import io.scorebook.engine.answer.Provenance;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.AnswerWriter;
import io.scorebook.gateway.wire.ArrowSchema;
import io.scorebook.gateway.wire.Ending;
import io.scorebook.gateway.wire.Format;
import io.scorebook.gateway.wire.Heading;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.ProblemForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An answer as chunks of bytes, each made when it is asked for: no more than one is ever held.
/// Read by one thread at a time.
final class AnswerStream implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final OpenAnswer answer;
  private final Format format;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(CHUNK + CHUNK / 4);
  private final AnswerWriter writer;
  private final Optional<String> since;
  private boolean begun;
  private boolean done;
  private Optional<ProblemException> failure = Optional.empty();

  /// @param since what to ask changes since, after this answer
  AnswerStream(OpenAnswer answer, Format format, Optional<String> since) {
    this.answer = answer;
    this.format = format;
    this.since = since;
    this.writer = format.writer(buffer);
  }

  /// The next chunk; the last one where [#isDone] is true afterwards.
  ///
  /// @throws ProblemException where the work behind the answer fails: what has been handed out is
  ///   then not an answer
  byte[] next() {
    if (failure.isPresent()) {
      throw failure.get();
    }
    buffer.reset();
    try {
      if (!begun) {
        begin();
        begun = true;
      }
      fill();
      writer.flush();
    } catch (ProblemException e) {
      return tellInTheMiddle(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return buffer.toByteArray();
  }

  private void begin() throws IOException {
    Heading heading = Heading.of(answer);
    if (writer instanceof AnswerWriter.OfBatches batches) {
      batches.beginBatches(answer.batches(ArrowSchema.of(heading)));
    } else {
      writer.begin(heading);
    }
  }

  private void fill() throws IOException {
    if (writer instanceof AnswerWriter.OfBatches batches) {
      while (buffer.size() < CHUNK) {
        if (!answer.nextBatch()) {
          end();
          return;
        }
        batches.batch();
      }
      return;
    }
    for (int row = 0; buffer.size() < CHUNK; row++) {
      if (!answer.next()) {
        end();
        return;
      }
      writer.row(answer::value);
      if (row % 64 == 63) {
        writer.flush(); // so that the buffer's size tells
      }
    }
  }

  private void end() throws IOException {
    writer.end(new Ending(answer.provenance(), Optional.empty(), since));
    done = true;
  }

  /// Lines can still say what happened; the other formats only break off.
  private byte[] tellInTheMiddle(ProblemException e) {
    if (format != Format.NDJSON) {
      throw e;
    }
    try {
      writer.flush();
      String instance = "urn:uuid:" + UUID.randomUUID();
      buffer.write(Json.bytes(Map.of("problem", ProblemForm.plain(e.problem(), instance))));
      buffer.write('\n');
    } catch (IOException io) {
      throw new UncheckedIOException(io); // not in memory
    }
    failure = Optional.of(e);
    return buffer.toByteArray();
  }

  /// Whether an error line has been written: the answer must not end as a whole one does.
  boolean isBroken() {
    return failure.isPresent();
  }

  boolean isDone() {
    return done;
  }

  Provenance provenance() {
    return answer.provenance();
  }

  void cancel() {
    answer.cancel();
  }

  @Override
  public void close() {
    try {
      writer.close();
    } finally {
      answer.close();
    }
  }
}
