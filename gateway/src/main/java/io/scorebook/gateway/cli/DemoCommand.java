package io.scorebook.gateway.cli;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.QuestionForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Everything embedded, data in it, questions answered.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start everything in this process on sample data, and answer the first questions;",
      "or on a domain and files of your own.",
      "Stays up until Ctrl-C. A second start reuses what is in home."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook demo",
      "  scorebook demo --once",
      "  scorebook demo --data ~/nba-games --home /tmp/nba",
      "  scorebook demo --domain shop --data shop-data --home /tmp/shop"
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();
  @Mixin ServerOptions server = new ServerOptions();
  @Mixin LimitOptions limits = new LimitOptions();

  @Option(names = "--once", description = "End after the answers.")
  boolean once;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The public nba-games files, gzipped or not; default: an invented league.")
  @Nullable Path data;

  @Option(
      names = "--domain",
      paramLabel = "FOLDER",
      description = "Another domain than the sample's; its files are in the folder of --data.")
  @Nullable Path domain;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Instant start = Instant.now();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    var progress = new Progress(err);
    HomeBackend backend = progress.time("opened " + home.home, () -> HomeBackend.open(home));
    Gateway gateway;
    Domain shown;
    try {
      shown =
          new DemoData(backend, home.home, Optional.ofNullable(domain), progress, err)
              .prepare(Optional.ofNullable(data));
      gateway =
          progress.time("started the gateway", () -> Gateway.start(backend, home, server, limits));
    } catch (Exception e) {
      backend.close();
      throw e;
    }
    try (gateway) {
      where(gateway, out);
      for (DemoQuestion question :
          domain == null ? DemoQuestion.ofSample() : DemoQuestion.of(shown)) {
        answer(gateway, question, out);
      }
      out.flush();
      err.println(
          "All answered %.1f s after the start."
              .formatted(Duration.between(start, Instant.now()).toMillis() / 1000.0));
      if (!once) {
        err.println("Stays up; Ctrl-C stops it.");
        err.flush();
        gateway.stay(err);
      }
    }
    return 0;
  }

  private static void where(Gateway gateway, PrintWriter out) {
    GatewayFile file = gateway.file();
    out.println();
    out.println("HTTP   " + file.http() + "   (the API: " + file.http() + "/openapi.json)");
    out.println("JDBC   " + file.jdbc());
    file.postgres().ifPresent(url -> out.println("PostgreSQL   " + url));
    file.flight().ifPresent(url -> out.println("Flight SQL   " + url));
    out.println("       user token, password: the token");
    out.println("Token  " + gateway.token().reveal());
    out.println("       in " + file.tokenFile());
    out.println();
    out.println("TOKEN=$(cat " + file.tokenFile() + ")");
    out.flush();
  }

  private static void answer(Gateway gateway, DemoQuestion question, PrintWriter out)
      throws IOException {
    Ask.Metrics ask = question.ask();
    out.println();
    out.println("== " + question.title());
    Printing.print(gateway.desk().ask(Caller.local(), ask), Printing.Form.TABLE, out);
    out.println();
    out.println(curl(gateway.file(), "/v1/query", QuestionForm.text(ask)));
    out.println(question.sql().strip() + ";");
    out.flush();
  }

  /// The line that asks the same over HTTP, to be pasted into a shell.
  private static String curl(GatewayFile file, String path, String body) {
    return "curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' %s%s -d '%s'"
        .formatted(file.http(), path, body.replace("'", "'\\''"));
  }
}
