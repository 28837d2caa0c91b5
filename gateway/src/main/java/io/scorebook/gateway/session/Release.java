package io.scorebook.gateway.session;

import java.util.Optional;

/// Which Scorebook this is.
public final class Release {
  private Release() {}

  /// The version that is in the jar's manifest; `dev` where there is no jar.
  public static String version() {
    return Optional.ofNullable(Release.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
