package io.scorebook.gateway.cli;

import io.scorebook.gateway.http.PortInUseException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The gateway on what is in home.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Answer over HTTP and JDBC, on what is in home.",
    footer = {
      "",
      "Examples:",
      "  scorebook serve --domain domains/basketball",
      "  scorebook serve --home /var/lib/scorebook --host 0.0.0.0 --port 8280"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();
  @Mixin ServerOptions server = new ServerOptions();
  @Mixin LimitOptions limits = new LimitOptions();

  @Option(
      names = "--domain",
      paramLabel = "FOLDER",
      split = ",",
      description = "Publish this domain first; may be repeated.")
  List<Path> domains = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws PortInUseException {
    PrintWriter err = spec.commandLine().getErr();
    HomeBackend backend = HomeBackend.open(home);
    try (var gateway = open(backend)) {
      err.println("Scorebook answers at " + gateway.file().http());
      err.println("  JDBC   " + gateway.file().jdbc());
      gateway.file().postgres().ifPresent(url -> err.println("  PostgreSQL   " + url));
      gateway.file().flight().ifPresent(url -> err.println("  Flight SQL   " + url));
      err.println("  token  in " + gateway.file().tokenFile());
      err.println("Ctrl-C stops it.");
      err.flush();
      gateway.stay(err);
    }
    return 0;
  }

  private Gateway open(HomeBackend backend) throws PortInUseException {
    try {
      domains.forEach(folder -> Publishing.publish(backend, folder, spec.commandLine().getErr()));
      return Gateway.start(backend, home, server, limits);
    } catch (PortInUseException | RuntimeException e) {
      backend.close();
      throw e;
    }
  }
}
