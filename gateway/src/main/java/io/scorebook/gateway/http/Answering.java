package io.scorebook.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.GenericFutureListener;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.answer.Explaining.Explained;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.gateway.reading.Page;
import io.scorebook.gateway.reading.PortRead;
import io.scorebook.gateway.reading.Spool;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.wire.ExplanationForm;
import io.scorebook.gateway.wire.Format;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.QualityForm;
import io.scorebook.gateway.wire.Values;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// From an ask to a response: the first chunk decides the status, the rest follows as the asker
/// reads. An asker who goes away ends the work; work that fails on the way cuts the connection, so
/// that half an answer never looks like a whole one.
@Singleton
final class Answering {
  static final String PROVENANCE = "Scorebook-Provenance";

  /// What the products that were read promise and miss; left out where they miss nothing.
  static final String LEVELS = "Scorebook-Levels";

  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
  private static final ObjectWriter ASCII =
      Json.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private final Desk desk;
  private final Scheduler scheduler;

  Answering(Desk desk, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.desk = desk;
    this.scheduler = Schedulers.fromExecutorService(executor);
  }

  HttpResponse<byte[]> answer(HttpRequest<?> request, Ask ask, Format format) {
    return stream(
        request,
        format,
        cancellation -> desk.ask(TokenFilter.caller(request), ask, cancellation),
        Optional.empty(),
        _ -> {});
  }

  /// Streams an answer.
  ///
  /// @param since what to ask changes since, after it
  /// @param headers adds to the response's
  HttpResponse<byte[]> stream(
      HttpRequest<?> request,
      Format format,
      Function<Cancellation, OpenAnswer> ask,
      Optional<String> since,
      Consumer<MutableHttpResponse<?>> headers) {
    var cancellation = new Cancellation();
    Runnable watched = watch(request, cancellation);
    boolean streaming = false;
    @Nullable AnswerStream stream = null;
    try {
      stream = new AnswerStream(ask.apply(cancellation), format, since);
      byte[] first = stream.next();
      MutableHttpResponse<?> response =
          HttpResponse.ok().contentType(MediaType.of(format.mediaType()));
      tell(response, stream.provenance());
      headers.accept(response);
      if (stream.isDone()) {
        return bytes(response, first);
      }
      streaming = true;
      return bytes(response, publisher(request, first, stream, watched));
    } finally {
      if (!streaming) {
        watched.run();
        if (stream != null) {
          stream.close();
        }
      }
    }
  }

  /// Answers a page of a port's rows.
  HttpResponse<byte[]> page(
      HttpRequest<?> request, PortRead read, Consumer<MutableHttpResponse<?>> headers) {
    var cancellation = new Cancellation();
    Runnable watched = watch(request, cancellation);
    try (OpenAnswer answer = desk.ask(TokenFilter.caller(request), read.ask(), cancellation)) {
      Page page = read.page(answer);
      MutableHttpResponse<?> response =
          HttpResponse.ok().contentType(MediaType.of(read.format().mediaType()));
      tell(response, answer.provenance());
      page.next()
          .ifPresent(cursor ->
              response.header(
                  HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next(request, cursor))));
      headers.accept(response);
      return bytes(response, spooled(page.body()));
    } finally {
      watched.run();
    }
  }

  /// What streams is told to be bytes: for a route that returns anything else and a stream of JSON
  /// Micronaut makes an array of the pieces, with brackets around and commas between.
  @SuppressWarnings("unchecked")
  private static HttpResponse<byte[]> bytes(MutableHttpResponse<?> response, Object body) {
    HttpResponse<?> whole = response.body(body);
    return (HttpResponse<byte[]>) whole;
  }

  /// The same request for the next page.
  private static String next(HttpRequest<?> request, String cursor) {
    var query = new StringJoiner("&");
    for (String name : request.getParameters().names()) {
      if (!name.equals("cursor")) {
        for (String value : request.getParameters().getAll(name)) {
          query.add(encoded(name) + "=" + encoded(value));
        }
      }
    }
    return request.getPath() + "?" + query.add("cursor=" + cursor);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// What is in memory at once, a file piece by piece.
  private Object spooled(Spool body) {
    try {
      byte[] first = body.next();
      if (body.isRead()) {
        body.close();
        return first;
      }
      Flux<byte[]> rest =
          Flux.generate(sink -> {
            try {
              if (body.isRead()) {
                sink.complete();
              } else {
                sink.next(body.next());
              }
            } catch (IOException e) {
              sink.error(e);
            }
          });
      return Flux.concat(Flux.just(first), rest.subscribeOn(scheduler)).doFinally(_ -> close(body));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a page", e);
    }
  }

  private static void close(Spool body) {
    try {
      body.close();
    } catch (IOException e) {
      LOG.warn("Cannot remove a page: {}", e.getMessage());
    }
  }

  /// Explains instead of answering.
  HttpResponse<?> explain(HttpRequest<?> request, Ask ask, boolean inWords) {
    var cancellation = new Cancellation();
    Runnable watched = watch(request, cancellation);
    try {
      Explained explained = desk.explain(TokenFilter.caller(request), ask, cancellation);
      byte[] body =
          inWords
              ? ExplanationForm.words(explained).getBytes(StandardCharsets.UTF_8)
              : ExplanationForm.json(explained);
      return HttpResponse.ok(body)
          .contentType(
              MediaType.of(inWords ? "text/plain; charset=utf-8" : MediaType.APPLICATION_JSON));
    } finally {
      watched.run();
    }
  }

  private Flux<byte[]> publisher(
      HttpRequest<?> request, byte[] first, AnswerStream stream, Runnable watched) {
    var ended = new AtomicBoolean();
    Runnable end =
        () -> {
          if (ended.compareAndSet(false, true)) {
            watched.run();
            stream.close();
          }
        };
    var subscribed = new AtomicBoolean();
    // A connection that is lost before anybody reads leaves nobody else to end the answer.
    onLost(
        request,
        () -> {
          if (!subscribed.get()) {
            end.run();
          }
        });
    Flux<byte[]> rest =
        Flux.generate(
            () -> stream,
            (state, sink) -> {
              if (state.isDone()) {
                sink.complete();
                return state;
              }
              try {
                sink.next(state.next());
              } catch (RuntimeException e) {
                LOG.warn("Breaks off an answer to {}: {}", request.getPath(), e.getMessage());
                sink.error(e);
                cut(request);
              }
              return state;
            },
            _ -> end.run());
    return Flux.concat(Flux.just(first), rest.subscribeOn(scheduler))
        .doOnSubscribe(_ -> subscribed.set(true))
        .doOnCancel(() -> {
          stream.cancel();
          scheduler.schedule(end);
        });
  }

  /// Closes the connection behind what has been written: without the last chunk no client takes the
  /// answer for whole.
  private static void cut(HttpRequest<?> request) {
    if (request instanceof NettyHttpRequest<?> netty) {
      var channel = netty.getChannelHandlerContext().channel();
      channel
          .eventLoop()
          .execute(() ->
              channel
                  .writeAndFlush(Unpooled.EMPTY_BUFFER)
                  .addListener(ChannelFutureListener.CLOSE));
    }
  }

  /// Ends the work where the connection is lost; the result takes the watch off.
  private static Runnable watch(HttpRequest<?> request, Cancellation cancellation) {
    return onLost(request, cancellation::cancel);
  }

  private static Runnable onLost(HttpRequest<?> request, Runnable action) {
    if (!(request instanceof NettyHttpRequest<?> netty)) {
      return () -> {};
    }
    var lost = netty.getChannelHandlerContext().channel().closeFuture();
    GenericFutureListener<io.netty.util.concurrent.Future<Void>> listener = _ -> action.run();
    lost.addListener(listener);
    return () -> lost.removeListener(listener);
  }

  /// What made the answer, and what the products behind it miss.
  private static void tell(MutableHttpResponse<?> response, Provenance provenance) {
    response.header(PROVENANCE, header(Values.provenanceInBrief(provenance)));
    if (!provenance.levels().isEmpty()) {
      response.header(LEVELS, header(QualityForm.missed(provenance.levels())));
    }
  }

  private static String header(Object plain) {
    try {
      return ASCII.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write a header", e);
    }
  }
}
