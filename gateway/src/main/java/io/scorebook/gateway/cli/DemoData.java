package io.scorebook.gateway.cli;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.Audit;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.SourceFolder;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.domains.SampleDomain;
import io.scorebook.domains.SampleLeague;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.openlineage.LoadRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The sample domain and its data, or another domain with files of its own, brought into a home
/// through the ordinary doors.
///
/// `HOME/demo.source` says whose data a home holds: the data of two leagues in one table would give
/// answers about neither.
final class DemoData {
  /// Data from the wild has rows that contradict others; they are set aside and counted.
  private static final Allowance TOLERANCE = new Allowance.Percent(1);

  private static final String DONE = "loaded ";
  private static final String BEGUN = "begun ";
  private static final String OF_DOMAIN = ", for the domain in ";

  private final HomeBackend backend;
  private final Optional<Path> own;
  private final Path home;
  private final Path mark;
  private final Progress progress;
  private final PrintWriter err;

  /// @param own the folder of another domain than the sample's
  DemoData(HomeBackend backend, Path home, Optional<Path> own, Progress progress, PrintWriter err) {
    this.backend = backend;
    this.home = home;
    this.own = own;
    this.mark = home.resolve("demo.source");
    this.progress = progress;
    this.err = err;
  }

  /// Publishes the domain and loads its data, where that has not been done.
  ///
  /// @param data the folder of the files; absent for the invented league, or for whatever is there
  Domain prepare(Optional<Path> data) throws Exception {
    if (data.isPresent() && !Files.isDirectory(data.get())) {
      throw new Failures.Refused("Cannot find the folder %s".formatted(data.get()));
    }
    Optional<String> held =
        Files.exists(mark) ? Optional.of(Files.readString(mark).strip()) : Optional.empty();
    String domainOf = own.map(folder -> OF_DOMAIN + plain(folder)).orElse("");
    if (own.isPresent() && data.isEmpty() && held.isEmpty()) {
      throw new Failures.Refused(
          "Cannot make up data for the domain in %s; give the folder of its files with --data"
              .formatted(own.get()));
    }
    if (held.isPresent() && !domainOf.equals(domainOf(held.get()))) {
      throw new Failures.Refused(
          "Cannot show %s in %s: it holds %s; choose another folder with --home"
              .formatted(
                  own.map(folder -> "the domain in " + folder).orElse("the sample domain"),
                  home,
                  held.get().replaceFirst("^\\w+ ", "")));
    }
    String source =
        data.map(folder -> "files in " + plain(folder))
                .orElse("an invented league, " + SampleLeague.standard())
            + domainOf;
    if (held.isPresent() && data.isPresent() && !isOf(held.get(), source)) {
      throw new Failures.Refused(
          "Cannot load the %s into %s: it holds %s; choose another folder with --home"
              .formatted(source, home, held.get().replaceFirst("^\\w+ ", "")));
    }
    Domain domain = progress.time("published the domain", this::publish);
    boolean isLoaded = held.filter(text -> text.startsWith(DONE)).isPresent();
    if (isLoaded) {
      err.println("          reuses the data of " + held.get().substring(DONE.length()));
      return domain;
    }
    if (held.isPresent() && !isOf(held.get(), source)) {
      throw new Failures.Refused(
          "Cannot go on: loading %s into %s was not finished; give its --data again, or choose"
                  .formatted(held.get().replaceFirst("^\\w+ ", ""), home)
              + " another --home");
    }
    mark(BEGUN + source);
    if (data.isPresent()) {
      load(domain, data.get());
    } else {
      Path folder = Files.createTempDirectory("scorebook-league");
      try {
        progress.time("made up a league", () -> SampleLeague.standard().write(folder));
        load(domain, folder);
      } finally {
        delete(folder);
      }
    }
    mark(DONE + source);
    return domain;
  }

  private static Path plain(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  /// What the mark says of the domain; empty for the sample's.
  private static String domainOf(String held) {
    int at = held.indexOf(OF_DOMAIN);
    return at < 0 ? "" : held.substring(at);
  }

  private static boolean isOf(String held, String source) {
    return held.equals(DONE + source) || held.equals(BEGUN + source);
  }

  private void mark(String text) throws IOException {
    Path aside = home.resolve("demo.source.new");
    Files.writeString(aside, text + "\n");
    Files.move(aside, mark, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Domain publish() throws IOException {
    if (own.isPresent()) {
      return publish(own.get());
    }
    Path folder = Files.createTempDirectory("scorebook-domain");
    try {
      SampleDomain.copyTo(folder);
      return publish(folder);
    } finally {
      delete(folder);
    }
  }

  private Domain publish(Path folder) {
    return Publishing.publish(backend, folder, err);
  }

  private void load(Domain domain, Path folder) throws Exception {
    Warehouse warehouse = backend.platform().warehouse();
    for (Contract contract : domain.contracts().inLoadOrder()) {
      List<Path> files = SourceFolder.find(contract, folder);
      if (files.isEmpty()) {
        throw new Failures.Refused(
            "Cannot find the data of '%s' in %s: there is none of the files %s (nor .gz)"
                .formatted(contract.table(), folder, contract.files()));
      }
      var options =
          new LoadOptions(Optional.empty(), TOLERANCE, progress.of(contract))
              .audited(
                  LoadQuality.stopsLoads(domain) ? LoadQuality.audit(backend, domain) : Audit.NONE);
      LoadReport report =
          progress.time(
              "loaded " + contract.table(),
              () ->
                  switch (LoadRun.load(warehouse, backend.lineage(), contract, files, options)) {
                    case LoadReport loaded -> loaded;
                    case LoadRefused refused -> throw new Failures.Refused(refused.message());
                  });
      LoadWords.lines(report).forEach(line -> err.println("          " + line));
    }
    List<String> tables =
        domain.contracts().inLoadOrder().stream().map(c -> c.table().toString()).toList();
    progress.time(
        "attested what is declared",
        () -> {
          new LoadAttestation(backend, err).attest(domain, tables);
          return tables;
        });
    progress.time(
        "measured what products promise",
        () -> {
          LoadQuality.measure(backend, domain, err);
          return domain;
        });
    err.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
