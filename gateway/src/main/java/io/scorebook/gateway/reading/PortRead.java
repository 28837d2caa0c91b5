package io.scorebook.gateway.reading;

import io.scorebook.engine.answer.AsOf;
import io.scorebook.engine.answer.Grounding.Grounds;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Release;
import io.scorebook.gateway.session.Told;
import io.scorebook.gateway.wire.Format;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/// One reading of a port's rows, down to the snapshots that it reads; nothing has run yet.
public final class PortRead {
  private final PublicPort port;
  private final PortQuery query;
  private final Format format;
  private final Optional<Position> from;
  private final Optional<Stretch> stretch;
  private final Grounds grounds;
  private final String sql;
  private final String context;
  private final Seal seal;

  private PortRead(
      PublicPort port,
      PortQuery query,
      Format format,
      Optional<Position> from,
      Optional<Stretch> stretch,
      Grounds grounds,
      String sql,
      String context,
      Seal seal) {
    this.port = port;
    this.query = query;
    this.format = format;
    this.from = from;
    this.stretch = stretch;
    this.grounds = grounds;
    this.sql = sql;
    this.context = context;
    this.seal = seal;
  }

  /// @param ground finds what a query would be answered from
  /// @throws ProblemException with all that is wrong with the parameters
  static PortRead of(PortAsked asked, Format format, Seal seal, Function<Ask.Sql, Grounds> ground) {
    PortParameters parameters = asked.parameters().without("since");
    PortQuery query = asked.query();
    AsOf asOf = parameters.asOf();
    Optional<String> cursorText = parameters.find("cursor");
    if (cursorText.isPresent() && query.limit().isEmpty()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "Cannot use 'cursor' with limit=all, which has no pages");
    }
    String context = context(asked, query, asOf);
    Optional<Cursor> cursor = cursorText.map(text -> Cursor.open(text, seal, context, "cursor"));
    Optional<Position> from = cursor.flatMap(Cursor::position);
    Optional<Stretch> stretch =
        cursor
            .flatMap(Cursor::stretch)
            .flatMap(rows -> rows.reach(from.orElseThrow(), query.limit().orElseThrow()));
    String sql =
        query.limit().isEmpty()
            ? query.all()
            : stretch
                .map(rows -> query.page(rows.start(), rows.rows()))
                .orElseGet(() -> query.page(from.orElse(null), query.limit().getAsLong() + 1));
    AsOf state = cursor.<AsOf>map(at -> new AsOf.These(at.snapshots())).orElse(asOf);
    Grounds grounds = ground.apply(new Ask.Sql(sql, Optional.empty(), state));
    cursor.ifPresent(at -> at.checkDomain(grounds.domain().hash(), "cursor"));
    return new PortRead(asked.port(), query, format, from, stretch, grounds, sql, context, seal);
  }

  /// What a cursor is good for: the same rows, columns and order, for those who see the same.
  private static String context(PortAsked asked, PortQuery query, AsOf asOf) {
    return String.join(
        "\n",
        List.of(
            "cursor",
            asked.name(),
            asked.domain().access().fingerprint(),
            query.ordered(),
            String.valueOf(query.columns().size()),
            String.valueOf(query.isKeyed()),
            asOf.toString()));
  }

  public Format format() {
    return format;
  }

  /// Whether the rows come page by page.
  public boolean isPaged() {
    return query.limit().isPresent();
  }

  public SortedMap<String, Long> snapshots() {
    return grounds.tables().snapshots();
  }

  /// What is to be run: of the snapshots that were found, whatever is committed meanwhile.
  public Ask.Sql ask() {
    return new Ask.Sql(sql, Optional.empty(), AsOf.these(snapshots()));
  }

  /// What is told of the rows, where they are not read.
  public Told told(Told.Kind kind) {
    return new Told(kind, sql, Optional.of(grounds.domain()), List.of(port.product()), snapshots());
  }

  /// Names the answer, without running it. Who sees all of what is read gets the same name for the
  /// same rows; who does not gets none, since it would tell when rows change that he may not see.
  public Optional<String> entityTag() {
    if (grounds.domain().access().restrictsAny(grounds.plan().tables())) {
      return Optional.empty();
    }
    String text =
        String.join(
            "\n",
            Release.version(),
            PortAsked.name(port),
            grounds.domain().hash(),
            grounds.domain().access().fingerprint(),
            snapshots().toString(),
            query.limit().isEmpty()
                ? sql
                : query.page(from.orElse(null), query.limit().getAsLong() + 1),
            String.valueOf(query.columns().size()),
            format.word());
    return Optional.of("W/\"" + digest(text) + "\"");
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }

  /// What to ask changes since, after these rows.
  public String since() {
    return Changes.since(port, grounds.domain(), snapshots(), seal);
  }

  /// @param answer to [#ask]
  public Page page(OpenAnswer answer) {
    return Page.write(
        answer,
        format,
        query,
        from.orElse(null),
        stretch,
        (position, next) ->
            new Cursor(grounds.domain().hash(), snapshots(), Optional.of(position), next)
                .close(seal, context));
  }
}
