package io.scorebook.gateway.cli;

import picocli.CommandLine.Option;

/// Where the gateway listens.
final class ServerOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on, 0.0.0.0 for all; default: ${DEFAULT-VALUE}.")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8280",
      description = "Port of HTTP and JDBC, 0 for any that is free; default: ${DEFAULT-VALUE}.")
  int port = 8280;
}
