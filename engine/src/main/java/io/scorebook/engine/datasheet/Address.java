package io.scorebook.engine.datasheet;

import java.net.URI;

/// Where a gateway answers.
///
/// @param http without a slash at its end, as `https://scorebook.example`
public record Address(URI http) {

  public Address {
    if (http.getPath().endsWith("/") || http.getHost() == null) {
      throw new IllegalArgumentException("Invalid address of a gateway: " + http);
    }
  }

  /// A path of the gateway as a link.
  public String to(String path) {
    return http + path;
  }

  /// What a driver connects to; who connects gives the password.
  public String jdbc() {
    return "jdbc:avatica:remote:url=%s/jdbc;serialization=protobuf;authentication=BASIC"
        .formatted(http);
  }
}
