package io.scorebook.engine.draft.profile;

import io.scorebook.catalog.load.SourceFormat;
import io.scorebook.catalog.load.UnreadableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The files of one table, in order of their names.
///
/// @param name what the files are called, without what tells them apart; not yet a name of SQL
public record TableFiles(String name, List<SourceFile> files) {
  /// Names that say nothing of what is in a file: its folder does.
  private static final Set<String> NAMELESS =
      Set.of("", "part", "data", "file", "export", "chunk", "rows", "output");

  public TableFiles {
    files = List.copyOf(files);
  }

  /// Finds the files of each table among files and folders. A folder is looked through with all
  /// that is in it, as far as the endings of names tell a format; a file that was named must have
  /// one.
  ///
  /// @param problems filled with why some of it cannot be used
  public static List<TableFiles> find(List<Path> from, List<String> problems) {
    var files = new ArrayList<SourceFile>();
    for (Path path : from) {
      if (Files.isDirectory(path)) {
        int before = files.size() + problems.size();
        inFolder(path).forEach(file -> open(file, files, problems));
        if (files.size() + problems.size() == before) {
          problems.add(
              "Cannot find a file to draft from in the folder %s: none ends in .csv, .ndjson, .jsonl, .avro or .parquet (or .gz behind it)"
                  .formatted(path));
        }
      } else if (Files.exists(path) && SourceFormat.of(path).isEmpty()) {
        problems.add(
            "Cannot tell the format of %s from its name: it must end in .csv, .ndjson, .jsonl, .avro or .parquet (or .gz behind it)"
                .formatted(path));
      } else {
        open(path, files, problems);
      }
    }
    return problems.isEmpty() ? grouped(files, problems) : List.of();
  }

  private static List<Path> inFolder(Path folder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> SourceFormat.of(file).isPresent() && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the folder " + folder, e);
    }
  }

  private static void open(Path path, List<SourceFile> files, List<String> problems) {
    if (files.stream().anyMatch(known -> known.path().equals(path))) {
      return;
    }
    try {
      SourceFile file = SourceFile.open(path, SourceFormat.of(path).orElse(SourceFormat.CSV));
      if (file.lacksHeader()) {
        problems.add(
            "Cannot read %s:1: its first line is no header, but a row: %s; write the names of the columns above it"
                .formatted(path, String.join(", ", file.columns())));
      } else {
        files.add(file);
      }
    } catch (UnreadableSource e) {
      problems.add(e.getMessage());
    }
  }

  private static List<TableFiles> grouped(List<SourceFile> files, List<String> problems) {
    Map<String, List<SourceFile>> groups = new LinkedHashMap<>();
    for (SourceFile file : files) {
      String base = nameOf(file, file.base());
      List<SourceFile> group = groups.get(key(file, base));
      String key = group == null || file.isShapedLike(group.getFirst()) ? base : file.stem();
      groups.computeIfAbsent(key(file, key), _ -> new ArrayList<>()).add(file);
    }
    var tables = new ArrayList<TableFiles>();
    for (List<SourceFile> group : groups.values()) {
      checkStems(group, problems);
      SourceFile first = group.getFirst();
      String base = nameOf(first, first.base());
      boolean own = !group.equals(groups.get(key(first, base)));
      tables.add(new TableFiles(own ? first.stem() : base, group));
    }
    return tables;
  }

  private static String key(SourceFile file, String name) {
    return file.path().toAbsolutePath().normalize().getParent()
        + "/"
        + name.toLowerCase(Locale.ROOT);
  }

  private static String nameOf(SourceFile file, String base) {
    Path folder = file.path().toAbsolutePath().normalize().getParent();
    return NAMELESS.contains(base.toLowerCase(Locale.ROOT))
            && folder != null
            && folder.getFileName() != null
        ? folder.getFileName().toString()
        : base;
  }

  /// One table in two formats would be taken for twice the rows.
  private static void checkStems(List<SourceFile> group, List<String> problems) {
    Map<String, SourceFile> stems = new LinkedHashMap<>();
    for (SourceFile file : group) {
      SourceFile other = stems.putIfAbsent(file.stem().toLowerCase(Locale.ROOT), file);
      if (other != null) {
        problems.add(
            "Cannot tell whether %s and %s hold the same rows: give one of them, or rename one"
                .formatted(other.path(), file.path()));
      }
    }
  }
}
