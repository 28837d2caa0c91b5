package io.scorebook.gateway.http;

/// Another process has the port.
public final class PortInUseException extends Exception {
  private static final long serialVersionUID = 1L;

  PortInUseException(String host, int port, Throwable cause) {
    super(
        ("Cannot listen on %s:%d: the port is in use or not allowed; choose another with --port,"
                + " or --port 0 for any that is free")
            .formatted(host, port),
        cause);
  }
}
