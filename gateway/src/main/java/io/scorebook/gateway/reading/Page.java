package io.scorebook.gateway.reading;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.answer.ValueType.Simple;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.wire.AnswerWriter;
import io.scorebook.gateway.wire.Ending;
import io.scorebook.gateway.wire.Format;
import io.scorebook.gateway.wire.Heading;
import io.scorebook.gateway.wire.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Some rows, whole, and where the next ones begin. It is written before any of it is sent, since
/// the cursor of the next page stands in a header; the engine is free again by then.
///
/// @param next the cursor of the next page, closed
public record Page(Spool body, Optional<String> next) {

  /// @param answer to [PortQuery#page], of the stretch, else from the position, of one row more
  ///   than the page has
  /// @param from null for the beginning
  /// @param stretch what the page is part of
  /// @param cursor closes the position that the next page begins at, and the stretch that it may be
  ///   part of
  /// @throws ProblemException where the answer fails, or the data breaks the key that is gone by
  static Page write(
      OpenAnswer answer,
      Format format,
      PortQuery query,
      @Nullable Position from,
      Optional<Stretch> stretch,
      BiFunction<Position, Optional<Stretch>, String> cursor) {
    var body = new Spool();
    boolean whole = false;
    try (AnswerWriter writer = format.writer(body)) {
      var heading = Heading.of(answer);
      int shown = query.columns().size();
      writer.begin(
          new Heading(
              heading.columns().subList(0, shown),
              heading.types().subList(0, shown),
              heading.provenance()));
      long limit = query.limit().orElseThrow();
      skip(answer, stretch.map(Stretch::given).orElse(0L));
      var walk = new Walk(query, heading.types(), from);
      long rows = 0;
      while (rows < limit && answer.next()) {
        walk.step(answer);
        writer.row(answer::value);
        rows++;
      }
      Optional<String> next = Optional.empty();
      if (rows > 0 && rows == limit && answer.look()) {
        Position end = walk.end(rows);
        walk.step(answer); // so that a key that is there twice is found across pages too
        answer.skip(); // to its end, so that it can be kept
        long given = rows;
        next =
            Optional.of(
                cursor.apply(
                    end,
                    stretch.isEmpty()
                        ? Stretch.behind(end, limit, answer.room())
                        : stretch
                            .filter(_ -> answer.room() > 0) // else it would run for each page
                            .map(of -> of.after(given))));
      }
      writer.end(new Ending(heading.provenance(), next, Optional.empty()));
      writer.flush();
      whole = true;
      return new Page(body, next);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a page", e);
    } finally {
      if (!whole) {
        close(body);
      }
    }
  }

  private static void skip(OpenAnswer answer, long rows) {
    for (long i = 0; i < rows; i++) {
      if (!answer.look()) {
        throw new IllegalStateException(
            "Cannot go on in rows that were given before: they are gone");
      }
    }
  }

  private static void close(Spool body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove a page", e);
    }
  }

  /// Goes along the rows, and knows where it is.
  private static final class Walk {
    private final PortQuery query;
    private final int[] at;
    private final boolean hasMoments;
    private final @Nullable Position from;
    private @Nullable Object @Nullable [] last;
    private long equal;

    Walk(PortQuery query, List<ValueType> types, @Nullable Position from) {
      this.query = query;
      this.at = query.orderedAt();
      this.hasMoments = Arrays.stream(at).anyMatch(i -> types.get(i) == Simple.INSTANT);
      this.from = from;
    }

    void step(OpenAnswer answer) {
      var values = new @Nullable Object[at.length];
      for (int i = 0; i < at.length; i++) {
        Object value = answer.value(at[i]);
        // 0 and -0 are equal where they are ordered.
        values[i] = value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
      }
      if (last == null) {
        equal =
            from instanceof Position.Behind(var before, long equals) && before.equals(texts(values))
                ? equals + 1
                : 1;
      } else if (Arrays.equals(values, last)) {
        equal++;
        if (query.isKeyed()) {
          throw new ProblemException(
              ErrorCode.DUPLICATE_KEY,
              ("Cannot page through '%s.%s': rows have the same key (%s), so that pages would lose"
                      + " some; take all rows with limit=all, and see './scorebook check --data'")
                  .formatted(
                      query.table().schema(),
                      query.table().name(),
                      String.join(
                          ", ",
                          query.order().stream().map(each -> each.column().name()).toList())));
        }
      } else {
        equal = 1;
      }
      last = values;
    }

    /// @param rows of this page
    Position end(long rows) {
      if (hasMoments) {
        return new Position.Skip(
            rows + (from instanceof Position.Skip(long skipped) ? skipped : 0));
      }
      return new Position.Behind(texts(Objects.requireNonNull(last)), query.isKeyed() ? 0 : equal);
    }

    private static List<@Nullable String> texts(@Nullable Object[] values) {
      var texts = new ArrayList<@Nullable String>();
      for (Object value : values) {
        texts.add(value == null ? null : Values.text(value));
      }
      return texts;
    }
  }
}
