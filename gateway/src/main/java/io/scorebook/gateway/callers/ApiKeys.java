package io.scorebook.gateway.callers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that open the doors now: the file is looked at with each request, and read again where
/// it was replaced. Safe to share.
///
/// A key is found by its hash, and no comparison of secrets takes place: how long it takes to find
/// nothing tells nothing of any key.
public final class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  private final KeyFile file;
  private volatile Read last = new Read(null, Map.of());

  private record State(FileTime modified, long size, @Nullable Object inode) {}

  private record Read(@Nullable State state, Map<String, ApiKey> byHash) {}

  public ApiKeys(KeyFile file) {
    this.file = file;
  }

  /// The key of a hash, expired or not.
  Optional<ApiKey> find(String hash) {
    return Optional.ofNullable(current().get(hash));
  }

  /// The key of a name, expired or not.
  Optional<ApiKey> named(String name) {
    return current().values().stream().filter(key -> key.name().equals(name)).findFirst();
  }

  private Map<String, ApiKey> current() {
    State now = state();
    Read known = last;
    if (now == null) {
      return Map.of();
    }
    return now.equals(known.state()) ? known.byHash() : readAgain(now);
  }

  private synchronized Map<String, ApiKey> readAgain(State now) {
    if (!now.equals(last.state())) {
      last = new Read(now, read());
    }
    return last.byHash();
  }

  /// A file that cannot be read opens no door.
  private Map<String, ApiKey> read() {
    try {
      return file.read().stream().collect(Collectors.toMap(ApiKey::hash, Function.identity()));
    } catch (UncheckedIOException | IllegalStateException e) {
      LOG.error("Refuses all keys: {}", e.getMessage());
      return Map.of();
    }
  }

  private @Nullable State state() {
    try {
      var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException _) {
      return null;
    }
  }
}
