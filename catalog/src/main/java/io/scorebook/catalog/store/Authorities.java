package io.scorebook.catalog.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Certificates of authorities from a file, trusted in place of those that the JVM brings.
final class Authorities {
  private Authorities() {}

  /// @param file one or more certificates, PEM
  /// @throws IllegalArgumentException where the file holds none
  static TrustManager[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(
            "Invalid file of authorities %s: holds no certificate".formatted(file));
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the file of authorities " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "Invalid file of authorities %s: must be certificates in PEM (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
