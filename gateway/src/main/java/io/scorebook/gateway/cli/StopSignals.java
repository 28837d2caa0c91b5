package io.scorebook.gateway.cli;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/// Signals by which a process is told to end: by an operator, a container's engine, Ctrl-C, a
/// terminal that is closed.
///
/// They are taken before the JVM does. Its own way runs all hooks at once, also those of libraries:
/// Iceberg's ends the threads by which the last commit of the audit is made.
final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private StopSignals() {}

  /// Does something at the first of them, and at each. One that the process was started without, as
  /// by `nohup`, stays without; one that cannot be taken is the JVM's.
  static void handle(Runnable stop) {
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), _ -> stop.run());
      } catch (IllegalArgumentException e) {
        LOG.debug("Leaves the signal {} to the JVM: {}", name, e.getMessage());
      }
    }
  }
}
