package io.scorebook.gateway.callers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `HOME/keys.json`: readable by its owner alone, replaced in one step, changed by one process at a
/// time.
public final class KeyFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;

  private KeyFile(Path file) {
    this.file = file;
  }

  public static KeyFile in(Path home) {
    return new KeyFile(home.resolve("keys.json"));
  }

  Path path() {
    return file;
  }

  /// A key as the file has it.
  private record Written(
      String name,
      String hash,
      Set<String> groups,
      Map<String, List<String>> attributes,
      Set<String> purposes,
      String created,
      @Nullable String expires,
      @Nullable String scram) {

    static Written of(ApiKey key) {
      return new Written(
          key.name(),
          key.hash(),
          key.groups(),
          key.attributes(),
          key.purposes(),
          key.created().toString(),
          key.expires().map(Instant::toString).orElse(null),
          key.scram().orElse(null));
    }

    ApiKey key() {
      return new ApiKey(
          name,
          hash,
          groups,
          attributes,
          purposes,
          Instant.parse(created),
          Optional.ofNullable(expires).map(Instant::parse),
          Optional.ofNullable(scram));
    }
  }

  /// The keys, by name; none where there is no file.
  ///
  /// @throws UncheckedIOException where the file cannot be read, or is not one of keys
  public List<ApiKey> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JSON
          .readValue(Files.readAllBytes(file), new TypeReference<Map<String, List<Written>>>() {})
          .getOrDefault("keys", List.of())
          .stream()
          .map(Written::key)
          .sorted(Comparator.comparing(ApiKey::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the keys in " + file, e);
    } catch (RuntimeException e) {
      throw new UncheckedIOException(
          "Cannot read the keys in " + file, new IOException(String.valueOf(e.getMessage()), e));
    }
  }

  /// Adds a key.
  ///
  /// @return false where there is one of the name
  public boolean add(ApiKey key) {
    return change(keys -> {
      if (keys.stream().anyMatch(other -> other.name().equals(key.name()))) {
        return keys;
      }
      var more = new ArrayList<>(keys);
      more.add(key);
      return more;
    });
  }

  /// Removes a key: who has it is refused from now on.
  ///
  /// @return false where there is none of the name
  public boolean remove(String name) {
    return change(keys -> keys.stream().filter(key -> !key.name().equals(name)).toList());
  }

  private boolean change(UnaryOperator<List<ApiKey>> how) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path lock = file.resolveSibling("keys.lock");
      try (var channel =
              FileChannel.open(
                  lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly());
          var _ = channel.lock()) {
        List<ApiKey> before = read();
        List<ApiKey> after = how.apply(before);
        if (after.size() == before.size()) {
          return false;
        }
        replace(after);
        return true;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot change the keys in " + file, e);
    }
  }

  private void replace(List<ApiKey> keys) throws IOException {
    byte[] content =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(Map.of("keys", keys.stream().map(Written::of).toList()));
    Path next = file.resolveSibling("keys.json." + ProcessHandle.current().pid());
    Files.deleteIfExists(next);
    try {
      try (var channel =
          FileChannel.open(
              next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
        var bytes = java.nio.ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
