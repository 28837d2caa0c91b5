package io.scorebook.gateway.containers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/// An S3 over a folder that is none of the platform's own: with keys that others have, too.
public final class S3Folder implements AutoCloseable {
  static final String KEY = "scorebook";
  static final String SECRET = "a-secret-of-tests";

  private final S3Proxy server;

  private S3Folder(S3Proxy server) {
    this.server = server;
  }

  /// Starts the server with the buckets, and gives the keys to the AWS chain of this process.
  public static S3Folder start(Path folder, List<String> buckets) {
    var properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    try {
      for (String bucket : buckets) {
        Files.createDirectories(folder.resolve(bucket));
      }
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(BlobStores.create("filesystem-nio2", properties))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
              .ignoreUnknownHeaders(true)
              .build();
      server.start();
      System.setProperty("aws.accessKeyId", KEY);
      System.setProperty("aws.secretAccessKey", SECRET);
      return new S3Folder(server);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot start an S3 over " + folder, e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /// What Iceberg's S3FileIO needs to reach it.
  Map<String, String> access() {
    return Map.of(
        "s3.endpoint",
        endpoint().toString(),
        "s3.path-style-access",
        "true",
        "s3.access-key-id",
        KEY,
        "s3.secret-access-key",
        SECRET,
        "client.region",
        "us-east-1");
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot stop the S3", e);
    }
  }
}
