package io.scorebook.catalog.store;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/// An S3 endpoint in this process over a folder: on the loopback interface, at any free port, with
/// keys made anew at each start. Several processes may each have one over the same folder.
final class EmbeddedObjectStore implements AutoCloseable {
  private final S3Proxy server;
  private final AwsBasicCredentials keys;

  private EmbeddedObjectStore(S3Proxy server, AwsBasicCredentials keys) {
    this.server = server;
    this.keys = keys;
  }

  static EmbeddedObjectStore start(Path folder) {
    var properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    AwsBasicCredentials keys = AwsBasicCredentials.create(secret(8), secret(32));
    try {
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(BlobStores.create("filesystem-nio2", properties))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(
                  AuthenticationType.AWS_V4, keys.accessKeyId(), keys.secretAccessKey())
              .ignoreUnknownHeaders(true)
              .build();
      server.start();
      return new EmbeddedObjectStore(server, keys);
    } catch (Exception e) {
      throw StoreFailures.translate("start the object store over " + folder, e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  AwsBasicCredentials keys() {
    return keys;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw StoreFailures.translate("stop the object store", e);
    }
  }

  private static String secret(int bytes) {
    var random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
