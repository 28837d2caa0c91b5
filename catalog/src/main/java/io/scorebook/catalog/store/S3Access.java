package io.scorebook.catalog.store;

import io.scorebook.catalog.store.StoreException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// How to speak to the object store; keys, where given, stand above the AWS chain, and a CA above
/// the authorities that the JVM trusts.
record S3Access(
    Optional<URI> endpoint,
    String bucket,
    String region,
    boolean pathStyle,
    Optional<AwsBasicCredentials> keys,
    Optional<Path> ca) {

  private static final int MAX_CONNECTIONS = 64;

  /// A store that says nothing for so long has lost the request.
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final int ATTEMPTS = 4;

  S3Client connect() {
    ApacheHttpClient.Builder http =
        ApacheHttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(SILENCE);
    ca.map(Authorities::read).ifPresent(trust -> http.tlsTrustManagersProvider(() -> trust));
    var builder =
        S3Client.builder()
            .region(Region.of(region))
            .forcePathStyle(pathStyle)
            .httpClientBuilder(http)
            .overrideConfiguration(setting ->
                setting.retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build()));
    endpoint.ifPresent(builder::endpointOverride);
    keys.ifPresent(pair -> builder.credentialsProvider(StaticCredentialsProvider.create(pair)));
    return builder.build();
  }

  /// Asks for each bucket once; of several, a key may have rights in some alone.
  void checkBuckets(S3Client s3, Set<String> buckets, boolean embedded) {
    boolean reached = false;
    StoreException refused = null;
    for (String name : buckets) {
      try {
        checkBucket(s3, name, embedded);
        reached = true;
      } catch (StoreException e) {
        if (e.kind() != Kind.STORE_REFUSES) {
          throw e;
        }
        refused = e;
      }
    }
    if (refused != null && !reached) {
      throw refused;
    }
  }

  /// Asks for a bucket once, so that a wrong endpoint or key is told at the start.
  private void checkBucket(S3Client s3, String bucket, boolean embedded) {
    StoreFailures.attempt(
        "use the bucket '%s'%s".formatted(bucket, endpoint.map(e -> " at " + e).orElse("")),
        () -> {
          try {
            s3.headBucket(request -> request.bucket(bucket));
          } catch (S3Exception e) {
            if (e.statusCode() != 404) {
              throw e;
            }
            if (!embedded) {
              throw new StoreException(
                  Kind.NOT_FOUND, "Cannot find the bucket '%s'; make it first".formatted(bucket));
            }
            s3.createBucket(request -> request.bucket(bucket));
          }
          return bucket;
        });
  }

  @Override
  public String toString() {
    return "S3Access[%s, %s]".formatted(endpoint.map(URI::toString).orElse("Amazon S3"), bucket);
  }
}
