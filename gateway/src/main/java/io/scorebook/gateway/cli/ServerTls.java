package io.scorebook.gateway.cli;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// By which a server shows who it is.
final class ServerTls {
  private ServerTls() {}

  /// Of the files that other servers take: a chain of certificates, and its private key.
  ///
  /// @throws Failures.Refused where one cannot be read, or they do not belong together
  static SSLContext of(Path certificates, Path key) {
    for (Path file : new Path[] {certificates, key}) {
      if (!Files.isReadable(file)) {
        throw new Failures.Refused("Cannot read '%s' for TLS".formatted(file));
      }
    }
    try {
      var context =
          SslContextBuilder.forServer(certificates.toFile(), key.toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .build();
      return ((JdkSslContext) context).context();
    } catch (SSLException | IllegalArgumentException e) {
      throw new Failures.Refused(
          "Cannot use '%s' and '%s' for TLS: %s".formatted(certificates, key, e.getMessage()));
    }
  }
}
