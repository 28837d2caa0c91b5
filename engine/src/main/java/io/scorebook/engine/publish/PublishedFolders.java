package io.scorebook.engine.publish;

import io.scorebook.catalog.publication.Publication;
import io.scorebook.catalog.publication.Publication.Document;
import io.scorebook.catalog.publication.Publications;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.engine.domain.DomainFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Copies of published documents: `HOME/published/HASH/`, a folder for each content. They are a
/// cache: what is missing or harmed is written again from the registry.
final class PublishedFolders {
  private final Path folder;

  PublishedFolders(Path home) {
    this.folder = home.resolve("published");
  }

  /// A copy of a domain's folder, which nobody changes while it is looked at.
  ///
  /// @throws UncheckedIOException where it cannot be read or written
  Path copy(Path source) {
    return keep(documents(source));
  }

  /// The documents of a publication.
  ///
  /// @throws StoreException where the registry does not have them as they were published
  Path of(Publication publication, Publications registry) {
    Path known = folder(publication.hash());
    if (Files.isDirectory(known) && DomainFolder.hash(known).equals(publication.hash())) {
      return known;
    }
    Path kept = keep(registry.documents(publication.number()));
    if (!kept.equals(known)) {
      throw new StoreException(
          Kind.OBJECT_CORRUPT,
          "Cannot read publication %d of '%s': its documents have another digest than was written"
              .formatted(publication.number(), publication.domain()));
    }
    return kept;
  }

  /// The documents of a domain's folder.
  static List<Document> documents(Path source) {
    var documents = new ArrayList<Document>();
    for (Path path : DomainFolder.documents(source)) {
      try {
        byte[] bytes = Files.readAllBytes(source.resolve(path));
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        documents.add(new Document(path.toString().replace('\\', '/'), text));
      } catch (CharacterCodingException e) {
        throw new UncheckedIOException("Cannot read %s: it is not UTF-8".formatted(path), e);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read %s".formatted(path), e);
      }
    }
    return documents;
  }

  private Path folder(String hash) {
    return folder.resolve(hash.replace("sha256:", ""));
  }

  private Path keep(List<Document> documents) {
    try {
      Files.createDirectories(folder);
      Path partial = Files.createTempDirectory(folder, "new-");
      try {
        for (Document document : documents) {
          Path target = partial.resolve(document.path());
          Files.createDirectories(target.getParent());
          Files.writeString(target, document.text());
        }
        return move(partial, folder(DomainFolder.hash(partial)));
      } finally {
        delete(partial);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep documents in " + folder, e);
    }
  }

  /// What is there whole stays: another may be reading it.
  private static Path move(Path partial, Path to) throws IOException {
    String hash = "sha256:" + to.getFileName();
    if (Files.isDirectory(to) && !DomainFolder.hash(to).equals(hash)) {
      delete(to);
    }
    try {
      if (!Files.isDirectory(to)) {
        Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      return to; // by another at this moment
    }
    return to;
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
