package io.scorebook.gateway.http;

/// Another process has the port.
public final class PortInUseException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param flag by which another port is chosen
  public PortInUseException(String host, int port, String flag, Throwable cause) {
    super(
        ("Cannot listen on %s:%d: the port is in use or not allowed; choose another with %s,"
                + " or %s 0 for any that is free")
            .formatted(host, port, flag, flag),
        cause);
  }
}
