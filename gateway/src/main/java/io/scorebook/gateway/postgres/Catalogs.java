package io.scorebook.gateway.postgres;

import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.session.Backend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The system catalogs of the callers, each made once for all connections that see the same.
final class Catalogs implements AutoCloseable {
  /// So many stay though nobody uses them.
  private static final int MOST_IDLE = 16;

  private final Map<Key, Shared> made = new HashMap<>();

  private record Key(SystemCatalog.Identity identity, List<String> seen) {}

  private static final class Shared {
    int users;
    private Optional<SystemCatalog> catalog = Optional.empty();

    /// Made when it is first asked, which takes the better part of a second; others wait for it.
    synchronized SystemCatalog catalog(List<Domain> domains, SystemCatalog.Identity identity) {
      SystemCatalog made = catalog.orElseGet(() -> SystemCatalog.of(domains, identity));
      catalog = Optional.of(made);
      return made;
    }

    synchronized void close() {
      catalog.ifPresent(SystemCatalog::close);
      catalog = Optional.empty();
    }
  }

  /// The catalog of one connection, made anew where its caller sees something else.
  final class Own implements AutoCloseable {
    private final SystemCatalog.Identity identity;
    private Optional<Key> key = Optional.empty();

    private Own(SystemCatalog.Identity identity) {
      this.identity = identity;
    }

    SystemCatalog seenBy(Backend.View view) {
      List<Domain> domains = view.domains();
      var now =
          new Key(
              identity,
              domains.stream()
                  .map(domain ->
                      domain.name() + " " + domain.hash() + " " + domain.access().fingerprint())
                  .toList());
      Shared shared = take(now, key.filter(now::equals).isEmpty());
      if (!key.equals(Optional.of(now))) {
        key.ifPresent(Catalogs.this::release);
        key = Optional.of(now);
      }
      return shared.catalog(domains, identity);
    }

    @Override
    public void close() {
      key.ifPresent(Catalogs.this::release);
      key = Optional.empty();
    }
  }

  Own of(SystemCatalog.Identity identity) {
    return new Own(identity);
  }

  private synchronized Shared take(Key key, boolean isNew) {
    Shared shared = made.computeIfAbsent(key, _ -> new Shared());
    if (isNew) {
      shared.users++;
    }
    return shared;
  }

  private synchronized void release(Key key) {
    Shared shared = made.get(key);
    if (shared != null && --shared.users <= 0 && made.size() > MOST_IDLE) {
      made.remove(key);
      shared.close();
    }
  }

  @Override
  public synchronized void close() {
    made.values().forEach(Shared::close);
    made.clear();
  }
}
