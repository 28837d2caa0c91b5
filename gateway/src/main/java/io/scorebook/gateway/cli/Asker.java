package io.scorebook.gateway.cli;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.gateway.audit.AuditWitness;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.Quotas;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.session.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whom a command asks: a home, opened in this process, or a gateway.
interface Asker extends AutoCloseable {
  /// @throws io.scorebook.gateway.session.ProblemException where there is no answer
  OpenAnswer ask(Ask ask);

  /// What is asked, explained in one of the forms that an explanation has.
  ///
  /// @throws io.scorebook.gateway.session.ProblemException where it would have no answer
  String explain(Ask ask, ExplanationPrinting.Form form);

  @Override
  void close();

  static Asker inProcess(HomeOptions home, LimitOptions limits) {
    HomeBackend backend = HomeBackend.open(home);
    AuditLog log = AuditLog.open(home.home);
    Desk desk =
        new Desk(backend, limits.allowance(), Quotas.DEFAULT, new AuditWitness(log))
            .through(Witness.Through.CLI);
    return new Asker() {
      @Override
      public OpenAnswer ask(Ask ask) {
        return desk.ask(Caller.local(), ask);
      }

      @Override
      public String explain(Ask ask, ExplanationPrinting.Form form) {
        return form.text(desk.explain(Caller.local(), ask, new Cancellation()));
      }

      @Override
      public void close() {
        desk.close();
        log.close();
        backend.close();
      }
    };
  }

  static Asker over(GatewayFile gateway) {
    return new RemoteGateway(gateway.http(), token(gateway.tokenFile()));
  }

  private static Token token(Path file) {
    try {
      return Token.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the token file " + file, e);
    }
  }

  /// Which gateway to ask, where one is asked.
  final class GatewayOptions {
    @Option(names = "--url", paramLabel = "URL", description = "Ask the gateway at this address.")
    @Nullable URI url;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "The gateway's token; default: SCOREBOOK_TOKEN, or the file token in home.")
    @Nullable Path tokenFile;

    /// The gateway at `--url`.
    Asker open(URI address, Path home) {
      String token = System.getenv("SCOREBOOK_TOKEN");
      if (tokenFile == null && token != null && !token.isBlank()) {
        return new RemoteGateway(address, Token.of(token));
      }
      Path file = tokenFile != null ? tokenFile : home.resolve("token");
      if (!Files.exists(file)) {
        throw new Failures.Refused(
            "Cannot find a token in %s; name its file with --token-file, or set SCOREBOOK_TOKEN"
                .formatted(file));
      }
      return new RemoteGateway(address, token(file));
    }
  }
}
