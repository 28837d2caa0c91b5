package io.scorebook.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A whole file of the cache. Its name says what it is a copy of, and the checksum of its bytes as
/// they arrived, so that it can be told later whether they are still the same.
///
/// @param key stands for the remote path
/// @param checksum CRC-32C
record LocalFile(String key, Path path, long bytes, long checksum) {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{40})-([0-9a-f]{8})\\.parquet");
  private static final int BUFFER = 1 << 17;

  static String name(String key, long checksum) {
    return "%s-%08x.parquet".formatted(key, checksum);
  }

  /// The file of that path, if it is one of the cache's.
  static Optional<LocalFile> at(Path path) throws IOException {
    Matcher name = NAME.matcher(path.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new LocalFile(name.group(1), path, Files.size(path), Long.parseLong(name.group(2), 16)))
        : Optional.empty();
  }

  /// Reads all of it.
  boolean isIntact() {
    var sum = new CRC32C();
    try (InputStream in = Files.newInputStream(path)) {
      var buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum.update(buffer, 0, n);
      }
    } catch (IOException _) {
      return false;
    }
    return sum.getValue() == checksum;
  }
}
