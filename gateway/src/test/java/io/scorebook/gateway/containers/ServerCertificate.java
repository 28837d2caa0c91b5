package io.scorebook.gateway.containers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An authority made for a test, and a server's certificate from it, for this machine's own names.
///
/// @param authority PEM, as a file
/// @param certificate PEM
/// @param key PEM
public record ServerCertificate(Path authority, String certificate, String key) {
  private static final String PASSWORD = "password-of-a-store";

  public static ServerCertificate make(Path folder) {
    Path file = folder.resolve("store.p12");
    keytool(file, "-alias", "authority", "-dname", "CN=Authority of tests", "-ext", "bc:c");
    keytool(
        file,
        "-alias",
        "server",
        "-dname",
        "CN=localhost",
        "-signer",
        "authority",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
      Path authority =
          Files.writeString(
              folder.resolve("authority.pem"),
              pem("CERTIFICATE", store.getCertificate("authority").getEncoded()));
      return new ServerCertificate(
          authority,
          pem("CERTIFICATE", store.getCertificate("server").getEncoded()),
          pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(kind, text);
  }

  private static void keytool(Path store, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("Cannot make a certificate: keytool failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
