package io.scorebook.gateway.http;

import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Told;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;

/// Tells what is no answer, and has it remembered who was told.
@Singleton
final class Telling {
  /// What names something, where it is found; all other parameters are left out.
  private static final List<String> NAMES = List.of("column", "model", "node", "port");

  private final Desk desk;

  Telling(Desk desk) {
    this.desk = desk;
  }

  /// What a request turns out to be about.
  static final class About {
    private Optional<Domain> domain = Optional.empty();
    private Optional<Product> product = Optional.empty();

    Shelf.Found is(Shelf.Found found) {
      domain = Optional.of(found.domain());
      product = Optional.of(found.product());
      return found;
    }
  }

  /// @param work makes what is told, and says what it is about
  /// @throws ProblemException as the work does, and where it cannot be remembered
  <T> T tell(HttpRequest<?> request, Function<About, T> work) {
    long start = System.nanoTime();
    var about = new About();
    T told;
    try {
      told = work.apply(about);
    } catch (RuntimeException e) {
      ErrorCode why = e instanceof ProblemException p ? p.problem().code() : ErrorCode.INTERNAL;
      desk.refused(TokenFilter.caller(request), told(about, form(request)), start, why);
      throw e;
    }
    desk.told(TokenFilter.caller(request), told(about, found(request)), start);
    return told;
  }

  private static Told told(About about, String what) {
    return new Told(
        Told.Kind.METADATA,
        what,
        about.domain,
        about.product.map(List::of).orElse(List.of()),
        new TreeMap<>());
  }

  /// Of what was found all names are known; what was not found may be anything.
  private static String found(HttpRequest<?> request) {
    var names = new StringJoiner("&", "?", "").setEmptyValue("");
    for (String name : NAMES) {
      request.getParameters().getFirst(name).ifPresent(value -> names.add(name + "=" + value));
    }
    return request.getPath() + names;
  }

  private static String form(HttpRequest<?> request) {
    return BasicHttpAttributes.getUriTemplate(request).orElse("?");
  }
}
