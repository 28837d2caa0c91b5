package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadReport.LoadedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/// The files of one load, and what was learnt of them by reading.
final class Sources {
  private static final int PROGRESS_EVERY = 50_000;

  private final Contract contract;
  private final List<Path> files;
  private final LoadOptions options;
  private final List<LoadedFile> read = new ArrayList<>();
  private final Set<String> ignored = new LinkedHashSet<>();

  Sources(Contract contract, List<Path> files, LoadOptions options) {
    this.contract = contract;
    this.files = List.copyOf(files);
    this.options = options;
  }

  /// Why the files cannot be read, as far as their names tell.
  List<String> problems() {
    return files.stream()
        .filter(file -> formatOf(file).isEmpty())
        .map(file ->
            ("Cannot tell the format of %s from its name;"
                    + " say --format csv, ndjson, avro or parquet")
                .formatted(file))
        .toList();
  }

  /// Reads all files; why some of them cannot be read, all told.
  List<String> readAll(Staging staging) {
    var unreadable = new ArrayList<String>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      try (RowReader reader = open(i, line -> false)) {
        long rows = staging.read(i, file.toString(), reader, count -> progress(file, count));
        options.progress().read(file, rows);
        ignored.addAll(reader.ignored());
        read.add(new LoadedFile(file.getFileName().toString(), reader.sha256(), rows));
      } catch (UnreadableSource e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
    return unreadable;
  }

  private void progress(Path file, long rows) {
    if (rows % PROGRESS_EVERY == 0) {
      options.progress().read(file, rows);
    }
  }

  /// @param whole the lines whose rows are kept whole
  RowReader open(int file, LongPredicate whole) {
    Path path = files.get(file);
    return RowReader.open(path, formatOf(path).orElseThrow(), contract, whole);
  }

  private Optional<SourceFormat> formatOf(Path file) {
    return options.format().or(() -> SourceFormat.of(file));
  }

  /// What was read, with hashes.
  List<LoadedFile> read() {
    return read;
  }

  /// Columns that the contract does not know.
  Set<String> ignored() {
    return ignored;
  }

  /// The names of the files, for messages.
  String names() {
    return files.stream()
        .map(file -> file.getFileName().toString())
        .collect(Collectors.joining(", "));
  }
}
