package io.scorebook.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.load.SourceFolder;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.upkeep.Leftover;
import io.scorebook.catalog.upkeep.Upkeep;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.domains.expected.Fixture;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.duckdb.DuckDbEngine;
import io.scorebook.engine.duckdb.DuckDbSettings;
import io.scorebook.engine.files.FileCache;
import io.scorebook.engine.publish.PublishedDomains;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.gateway.containers.Asked;
import io.scorebook.gateway.faults.FaultsContract.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/// Tables that are written and read through the proxy, and looked at without it.
final class Lake implements AutoCloseable {
  static final String BUCKET = "lake";

  private static final long MIB = 1 << 20;
  private static final TableName THINGS = new TableName("faults", "things");
  private static final String KINDS_CONTRACT =
      """
      {"type": "record", "name": "kinds", "namespace": "faults", "primaryKey": ["id"],
       "fields": [{"name": "id", "type": "long"}]}
      """;
  private static final String THINGS_CONTRACT =
      """
      {"type": "record", "name": "things", "namespace": "faults", "primaryKey": ["id"],
       "references": [{"fields": ["kind"], "to": "kinds", "toFields": ["id"]}],
       "fields": [{"name": "id", "type": "long"}, {"name": "kind", "type": "long"}]}
      """;

  private final Path folder;
  private final Warehouse direct;
  private final Warehouse proxied;
  private final PublishedDomains domains;
  private final Contract things;
  private final Fixture.WorkedAnswer worked;
  private long number;

  Lake(Path folder, URI store, URI proxy) throws IOException {
    this.folder = folder;
    this.direct = Warehouse.open(settings("direct", store));
    this.proxied = Warehouse.open(settings("proxied", proxy));
    this.domains = PublishedDomains.open(direct);
    this.worked = Fixture.workedAnswers().getFirst();
    loadSample();
    var loader = new Loader(direct);
    Path kinds = Files.writeString(folder.resolve("kinds.csv"), "id\n1\n2\n");
    loader.load(contract("kinds", KINDS_CONTRACT), List.of(kinds), LoadOptions.DEFAULT);
    this.things = contract("things", THINGS_CONTRACT);
    assertThat(loader.load(things, List.of(rows(0)), LoadOptions.DEFAULT))
        .isInstanceOf(LoadReport.class);
    ask().afterwards("not asked"); // keeps its proofs, which the next finds
  }

  private WarehouseSettings settings(String home, URI endpoint) {
    return new WarehouseSettings(
        folder.resolve(home),
        Optional.of(endpoint),
        Optional.of(BUCKET),
        Optional.empty(),
        true,
        Optional.of(
            "jdbc:sqlite:%s?journal_mode=WAL&busy_timeout=30000"
                .formatted(folder.resolve("catalog.db"))));
  }

  private Contract contract(String name, String text) throws IOException {
    var findings = new Findings();
    Path file = Files.writeString(folder.resolve(name + ".avsc"), text);
    return Contract.read(file, name + ".avsc", findings)
        .orElseThrow(() -> new AssertionError(findings.toList().toString()));
  }

  private void loadSample() throws IOException {
    SampleDomain.copyTo(folder.resolve("domain"));
    Fixture.copyTo(folder.resolve("data"));
    domains.publish(folder.resolve("domain"), new Findings());
    var options = LoadOptions.DEFAULT.allowing(new Allowance.Percent(20));
    for (Contract contract : domains.list().getFirst().contracts().inLoadOrder()) {
      List<Path> files = SourceFolder.find(contract, folder.resolve("data"));
      assertThat(new Loader(direct).load(contract, files, options)).isInstanceOf(LoadReport.class);
    }
  }

  private Path rows(long id) {
    try {
      return Files.writeString(
          folder.resolve("things.csv"), "id,kind\n%d,1\n%d,2\n".formatted(id, id + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Two rows of their own, loaded through the proxy.
  Attempt load() {
    number += 10;
    long id = number;
    Path file = rows(id);
    return new Attempt() {
      private volatile @Nullable StoreException refusal;

      @Override
      public String underFault() {
        try {
          once();
          return "published";
        } catch (StoreException e) {
          assertThat(e).hasMessageStartingWith("Cannot ");
          refusal = e;
          return "refused";
        }
      }

      @Override
      public void afterwards(String outcome) {
        // Only now can the rows be looked at, where the store itself was away.
        StoreException refused = refusal;
        if (refused != null) {
          assertThat(present(id)).as("rows after: " + refused).isIn(List.of(), both());
          if (refused.kind() != StoreException.Kind.STATE_UNKNOWN) {
            assertThat(present(id)).as("rows after: " + refused).isEmpty();
          }
          once();
        }
        assertThat(present(id)).isEqualTo(both());
      }

      private void once() {
        assertThat(new Loader(proxied).load(things, List.of(file), LoadOptions.DEFAULT))
            .isInstanceOf(LoadReport.class);
      }

      private List<Long> both() {
        return List.of(id, id + 1);
      }
    };
  }

  /// The rows of a load that are there, as Iceberg reads them without the proxy.
  private List<Long> present(long id) {
    try (var records =
        IcebergGenerics.read(direct.loadTable(THINGS))
            .where(Expressions.in("id", id, id + 1))
            .build()) {
      var ids = new ArrayList<Long>();
      for (Record record : records) {
        ids.add((Long) record.getField("id"));
      }
      return ids.stream().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A question to both engines, which have nothing of the tables yet.
  Attempt ask() {
    number++;
    Path own = folder.resolve("cold-" + number);
    var cache = new FileCache(own.resolve("cache"), 64 * MIB);
    var settings = new DuckDbSettings(256 * MIB, 2, own.resolve("spill"), 64 * MIB);
    var engines = List.of(new DuckDbEngine(settings, cache), new ReferenceEngine());
    var answers =
        new Answers(proxied, domains, engines, 0, io.scorebook.engine.answer.Standing.UNKNOWN);
    return new Attempt() {
      @Override
      public String underFault() {
        var outcomes = new TreeSet<String>();
        // First the one that does not keep what it has brought.
        for (String engine : List.of("reference", "duckdb")) {
          outcomes.add(by(engine));
        }
        return outcomes.contains("refused") ? "refused" : "answered";
      }

      private String by(String engine) {
        try {
          assertThat(Asked.rows(answers.by(engine), worked.question()))
              .as(engine)
              .isEqualTo(Asked.written(worked.rows()));
          return "answered";
        } catch (EngineException e) {
          assertThat(e).hasMessageStartingWith("Cannot ");
          assertThat(e.kind()).as(e.getMessage()).isEqualTo(EngineException.Kind.STORE_UNAVAILABLE);
          return "refused";
        }
      }

      @Override
      public void afterwards(String outcome) {
        for (String engine : answers.engines()) {
          assertThat(by(engine)).isEqualTo("answered");
        }
        answers.close();
      }
    };
  }

  /// A file of so many bytes that it is sent in parts.
  Attempt write() {
    number++;
    var bytes = new byte[(int) (49 * MIB)];
    new Random(number).nextBytes(bytes);
    String location = "s3://%s/tables/faults/large-%d".formatted(BUCKET, number);
    return new Attempt() {
      @Override
      public String underFault() {
        try {
          once();
          return "written";
        } catch (IOException | RuntimeException e) {
          return "refused";
        }
      }

      private void once() throws IOException {
        try (OutputStream out = proxied.io().newOutputFile(location).createOrOverwrite()) {
          out.write(bytes);
        }
      }

      @Override
      public void afterwards(String outcome) {
        try {
          if (outcome.equals("refused")) {
            // A lost answer leaves the object that was meant, or none.
            assertThat(!direct.io().newInputFile(location).exists() || isThere()).isTrue();
            once();
          }
          assertThat(isThere()).isTrue();
          direct.io().deleteFile(location);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      private boolean isThere() throws IOException {
        try (InputStream in = direct.io().newInputFile(location).newStream()) {
          return Arrays.equals(in.readAllBytes(), bytes);
        }
      }
    };
  }

  /// An object that nothing refers to, found and removed through the proxy.
  Attempt upkeep() {
    number++;
    String location =
        direct.loadTable(THINGS).location() + "/data/left-%d.parquet".formatted(number);
    try (OutputStream out = direct.io().newOutputFile(location).create()) {
      out.write(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Attempt() {
      @Override
      public String underFault() {
        try {
          List<Leftover> removed = once();
          return removed.isEmpty() ? "found nothing" : "removed";
        } catch (StoreException e) {
          assertThat(e).hasMessageStartingWith("Cannot ");
          return "refused";
        }
      }

      private List<Leftover> once() {
        var upkeep = new Upkeep(proxied);
        return upkeep.remove(upkeep.find(Duration.ZERO));
      }

      @Override
      public void afterwards(String outcome) {
        once();
        assertThat(direct.io().newInputFile(location).exists()).isFalse();
        assertThat(present(0)).isEqualTo(List.of(0L, 1L));
      }
    };
  }

  @Override
  public void close() {
    proxied.close();
    direct.close();
  }
}
