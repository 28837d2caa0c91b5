package io.scorebook.gateway.cli;

import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.openlineage.LineageTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where everything is kept, and what the engine may use.
final class HomeOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".scorebook",
      description = "Folder of all state; default: ${DEFAULT-VALUE} in the working folder.")
  Path home = Path.of(".scorebook");

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "An S3 other than Amazon's; keys come from the AWS environment or profile.")
  @Nullable URI s3Endpoint;

  @Option(
      names = "--s3-bucket",
      paramLabel = "NAME",
      description = "A bucket that exists; without it, objects are kept in home.")
  @Nullable String s3Bucket;

  @Option(
      names = "--s3-bucket-of",
      paramLabel = "DOMAIN=BUCKET",
      split = ",",
      description = "Another bucket for the new tables of a domain; may be repeated.")
  Map<String, String> s3BucketOf = new LinkedHashMap<>();

  @Option(names = "--s3-region", paramLabel = "NAME", description = "Default: us-east-1.")
  @Nullable String s3Region;

  @Option(
      names = "--s3-path-style",
      description = "The bucket in the path and not in the host name, as MinIO wants it.")
  boolean s3PathStyle;

  @Option(
      names = "--s3-ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) of the authority of the S3, in place of the JVM's.")
  @Nullable Path s3Ca;

  @Option(
      names = "--catalog-uri",
      paramLabel = "URI",
      description =
          "A shared catalog: jdbc:postgresql://... or the https://... of an Iceberg REST catalog.")
  @Nullable String catalogUri;

  @Option(
      names = "--memory-limit",
      paramLabel = "MB",
      description = "Memory of the engine; default: a quarter of the machine's.")
  int memoryMegabytes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the engine; default: one for each processor.")
  int threads;

  @Option(
      names = "--cache-limit",
      paramLabel = "MB",
      description = "Disk for copies of data files; default: 20480.")
  long cacheMegabytes;

  @Option(
      names = "--answer-limit",
      paramLabel = "MB",
      description =
          "Memory for small answers, given again while the data stays; 0 for none; default: 32.")
  @Nullable Long answerMegabytes;

  @Option(
      names = "--openlineage",
      paramLabel = "TARGET",
      split = ",",
      description = {
        "Where loads and publications are told as OpenLineage events: file:PATH, https://HOST or",
        "kafka://HOST:PORT/TOPIC; may be repeated. A key for https comes from",
        "SCOREBOOK_OPENLINEAGE_KEY, how Kafka is logged in to from the file that",
        "SCOREBOOK_OPENLINEAGE_KAFKA names."
      })
  List<String> openLineage = new ArrayList<>();

  private static final long MEGABYTE = 1024 * 1024;

  WarehouseSettings warehouse() {
    return new WarehouseSettings(
        home,
        Optional.ofNullable(s3Endpoint),
        Optional.ofNullable(s3Bucket),
        Optional.ofNullable(s3Region),
        s3PathStyle,
        Optional.ofNullable(catalogUri),
        Optional.ofNullable(s3Ca),
        s3BucketOf);
  }

  /// Whom loads and publications are told; nobody where none is named.
  List<LineageTarget> lineage() {
    Optional<String> key = Optional.ofNullable(System.getenv("SCOREBOOK_OPENLINEAGE_KEY"));
    Optional<Path> kafka =
        Optional.ofNullable(System.getenv("SCOREBOOK_OPENLINEAGE_KAFKA")).map(Path::of);
    try {
      return openLineage.stream().map(target -> LineageTarget.parse(target, key, kafka)).toList();
    } catch (IllegalArgumentException e) {
      throw new Failures.Refused(String.valueOf(e.getMessage()));
    }
  }

  EngineSettings engine() {
    EngineSettings defaults = EngineSettings.defaults();
    return new EngineSettings(
        memoryMegabytes > 0 ? memoryMegabytes * MEGABYTE : defaults.memoryBytes(),
        threads > 0 ? threads : defaults.threads(),
        defaults.spillBytes(),
        cacheMegabytes > 0 ? cacheMegabytes * MEGABYTE : defaults.cacheBytes(),
        answerMegabytes == null ? defaults.answerBytes() : answerMegabytes * MEGABYTE,
        defaults.engine());
  }
}
