package io.scorebook.engine;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.duckdb.DuckDbEngine;
import io.scorebook.engine.duckdb.DuckDbSettings;
import io.scorebook.engine.files.FileCache;
import io.scorebook.engine.publish.PublishedDomains;
import io.scorebook.engine.quality.Inspection;
import io.scorebook.engine.quality.QualityBook;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.engine.trino.TrinoEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A home, opened: its warehouse, its domains, and the answers over both.
public final class Platform implements AutoCloseable {
  private final Warehouse warehouse;
  private final PublishedDomains domains;
  private final FileCache files;
  private final Answers answers;
  private final QualityBook quality;
  private final Inspection inspection;

  private Platform(
      Warehouse warehouse,
      PublishedDomains domains,
      FileCache files,
      Answers answers,
      QualityBook quality) {
    this.warehouse = warehouse;
    this.domains = domains;
    this.files = files;
    this.answers = answers;
    this.quality = quality;
    this.inspection = new Inspection(answers, quality);
  }

  /// Opens a home; makes it where there is none.
  ///
  /// @throws io.scorebook.catalog.store.StoreException where the store or the catalog fails
  /// @throws IllegalStateException where a published domain cannot be read any more
  /// @throws IllegalArgumentException where the settings name an unknown engine
  public static Platform open(WarehouseSettings store, EngineSettings settings) {
    Path home = store.home();
    var warehouse = Warehouse.open(store);
    try {
      PublishedDomains domains = PublishedDomains.open(warehouse);
      var files = new FileCache(home.resolve("cache"), settings.cacheBytes());
      var quality = new QualityBook(warehouse, domains::find, InstantSource.system());
      var answers =
          new Answers(
              warehouse, domains, engines(home, settings, files), settings.answerBytes(), quality);
      return new Platform(warehouse, domains, files, answers, quality);
    } catch (RuntimeException e) {
      warehouse.close();
      throw e;
    }
  }

  private static List<Engine> engines(Path home, EngineSettings settings, FileCache files) {
    List<String> known = List.of("duckdb", "reference");
    if (!known.contains(settings.engine())) {
      throw new IllegalArgumentException(
          "Cannot find the engine '%s'; there is %s".formatted(settings.engine(), known));
    }
    var duckDb =
        new DuckDbSettings(
            settings.memoryBytes(),
            settings.threads(),
            home.resolve("spill"),
            settings.spillBytes());
    var engines = new ArrayList<Engine>();
    MaskKey maskKey = MaskKey.of(home);
    engines.add(new DuckDbEngine(duckDb, files, maskKey));
    engines.add(new ReferenceEngine(maskKey));
    if (settings.engine().equals("reference")) {
      Collections.reverse(engines);
    }
    engines.add(new TrinoEngine());
    return engines;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  public PublishedDomains domains() {
    return domains;
  }

  public Answers answers() {
    return answers;
  }

  /// What is known of the quality of products.
  public QualityBook quality() {
    return quality;
  }

  /// Measures the quality of products.
  public Inspection inspection() {
    return inspection;
  }

  /// How the cache of data files has served so far.
  public FileCache.Counts cacheCounts() {
    return files.counts();
  }

  @Override
  public void close() {
    try {
      quality.close();
      answers.close();
    } finally {
      warehouse.close();
    }
  }
}
