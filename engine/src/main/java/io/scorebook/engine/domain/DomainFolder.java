package io.scorebook.engine.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The documents of a domain's folder, and the digest of their names and bytes.
public final class DomainFolder {
  private DomainFolder() {}

  /// The documents, as paths below the folder, in order of their names.
  public static List<Path> documents(Path folder) {
    var documents = new ArrayList<Path>();
    add(folder, folder.resolve("model.yaml"), documents);
    add(folder, folder.resolve("policies.yaml"), documents);
    addAll(folder, "schemas", ".avsc", documents);
    addAll(folder, "products", ".yaml", documents);
    addAll(folder, "products", ".yml", documents);
    documents.sort(null);
    return documents;
  }

  private static void add(Path folder, Path file, List<Path> documents) {
    if (Files.isRegularFile(file)) {
      documents.add(folder.relativize(file));
    }
  }

  private static void addAll(Path folder, String below, String ending, List<Path> documents) {
    Path parent = folder.resolve(below);
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> files = Files.list(parent)) {
      files
          .filter(file -> file.toString().endsWith(ending))
          .forEach(file -> add(folder, file, documents));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the folder " + parent, e);
    }
  }

  /// `sha256:` and the digest of the documents' names and bytes.
  public static String hash(Path folder) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path document : documents(folder)) {
        byte[] content = Files.readAllBytes(folder.resolve(document));
        String header = document.toString().replace('\\', '/') + " " + content.length + "\n";
        digest.update(header.getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      }
      return "sha256:" + HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the folder " + folder, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}
