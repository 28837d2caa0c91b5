package io.scorebook.catalog.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which object store and which catalog to use.
///
/// With neither endpoint nor bucket the objects are plain files in `HOME/objects`, behind an S3
/// endpoint in this process; without a catalog URI the catalog is the SQLite file
/// `HOME/catalog.db`. Keys of a real S3 come from the AWS environment, profile or role, never from
/// here.
///
/// @param home the folder of all state
/// @param s3Endpoint an S3 other than Amazon's, such as `http://minio:9000`
/// @param s3Bucket must exist
/// @param s3Region absent means `us-east-1`
/// @param s3PathStyle the bucket in the path and not in the host name, as MinIO wants it
/// @param catalogUri `jdbc:...` of any database, or `http(s)://...` of an Iceberg REST catalog,
///   which takes the names of [RestUri] after a `?`
/// @param s3Ca the certificates (PEM) that alone are trusted to vouch for the S3; absent means
///   those that the JVM trusts
/// @param domainBuckets by namespace, where the new tables of a domain go in place of the bucket
///   above; each must exist
public record WarehouseSettings(
    Path home,
    Optional<URI> s3Endpoint,
    Optional<String> s3Bucket,
    Optional<String> s3Region,
    boolean s3PathStyle,
    Optional<String> catalogUri,
    Optional<Path> s3Ca,
    Map<String, String> domainBuckets) {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /// The bucket of the store in this process.
  static final String EMBEDDED_BUCKET = "warehouse";

  public WarehouseSettings {
    home = home.toAbsolutePath().normalize();
    if (s3Endpoint.isPresent() && s3Bucket.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use the S3 endpoint %s without a bucket; name one with --s3-bucket"
              .formatted(s3Endpoint.get()));
    }
    domainBuckets = Map.copyOf(domainBuckets);
    domainBuckets.forEach(WarehouseSettings::checkDomainBucket);
    if (s3Bucket.isEmpty() && !domainBuckets.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use a bucket of a domain without one for the others; name it with --s3-bucket");
    }
    s3Endpoint.ifPresent(WarehouseSettings::checkEndpoint);
    catalogUri.ifPresent(WarehouseSettings::checkCatalog);
    if (s3Bucket.isEmpty() && catalogUri.filter(WarehouseSettings::isRest).isPresent()) {
      throw new IllegalArgumentException(
          "Cannot use a REST catalog without a bucket: it writes metadata there by itself; name one"
              + " with --s3-bucket");
    }
    if (s3Ca.isPresent() && s3Endpoint.map(URI::getScheme).filter("https"::equals).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use --s3-ca %s: the S3 endpoint is not https".formatted(s3Ca.get()));
    }
    if (s3Ca.isPresent() && catalogUri.filter(WarehouseSettings::isRest).isPresent()) {
      throw new IllegalArgumentException(
          "Cannot use --s3-ca with a REST catalog, which opens the S3 by itself; give the JVM a"
              + " truststore instead (-Djavax.net.ssl.trustStore=FILE)");
    }
  }

  /// With one bucket for all domains.
  public WarehouseSettings(
      Path home,
      Optional<URI> s3Endpoint,
      Optional<String> s3Bucket,
      Optional<String> s3Region,
      boolean s3PathStyle,
      Optional<String> catalogUri,
      Optional<Path> s3Ca) {
    this(home, s3Endpoint, s3Bucket, s3Region, s3PathStyle, catalogUri, s3Ca, Map.of());
  }

  /// With the authorities that the JVM trusts.
  public WarehouseSettings(
      Path home,
      Optional<URI> s3Endpoint,
      Optional<String> s3Bucket,
      Optional<String> s3Region,
      boolean s3PathStyle,
      Optional<String> catalogUri) {
    this(home, s3Endpoint, s3Bucket, s3Region, s3PathStyle, catalogUri, Optional.empty());
  }

  private static void checkDomainBucket(String namespace, String bucket) {
    if (!TableName.isWord(namespace) || !BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "Invalid bucket of a domain '%s=%s': must be DOMAIN=BUCKET, the bucket of 3 to 63 small"
                  .formatted(namespace, bucket)
              + " letters, digits, dots and dashes");
    }
  }

  private static void checkEndpoint(URI endpoint) {
    String scheme = endpoint.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "Invalid S3 endpoint '%s': must be http://HOST:PORT or https://HOST:PORT"
              .formatted(endpoint));
    }
  }

  private static void checkCatalog(String uri) {
    if (!uri.startsWith("jdbc:") && !isRest(uri)) {
      throw new IllegalArgumentException(
          "Invalid catalog URI: must begin with jdbc:, http:// or https://");
    }
    if (isRest(uri)) {
      RestUri.parse(uri);
    }
  }

  /// Everything in the folder.
  public static WarehouseSettings embedded(Path home) {
    return new WarehouseSettings(
        home, Optional.empty(), Optional.empty(), Optional.empty(), true, Optional.empty());
  }

  /// Without the catalog's URI, which may hold a password.
  @Override
  public String toString() {
    return "WarehouseSettings[%s, %s, %s]"
        .formatted(home, s3Endpoint.map(URI::toString).orElse("no endpoint"), bucket());
  }

  boolean isEmbeddedStore() {
    return s3Bucket.isEmpty();
  }

  static boolean isRest(String catalogUri) {
    return catalogUri.startsWith("http://") || catalogUri.startsWith("https://");
  }

  String bucket() {
    return s3Bucket.orElse(EMBEDDED_BUCKET);
  }

  /// All that are named here.
  Set<String> buckets() {
    var buckets = new TreeSet<>(domainBuckets.values());
    buckets.add(bucket());
    return buckets;
  }

  String region() {
    return s3Region.orElse("us-east-1");
  }
}
