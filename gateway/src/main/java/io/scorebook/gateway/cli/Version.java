package io.scorebook.gateway.cli;

import io.scorebook.gateway.session.Release;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Scorebook " + Release.version()};
  }
}
