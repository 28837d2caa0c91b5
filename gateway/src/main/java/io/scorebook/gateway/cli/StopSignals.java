package io.scorebook.gateway.cli;

import java.util.List;
import org.jline.utils.Signals;

/// Signals by which a process is told to end: by an operator, a container's engine, Ctrl-C, a
/// terminal that is closed.
///
/// They are taken before the JVM does. Its own way runs all hooks at once, also those of libraries:
/// Iceberg's ends the threads by which the last commit of the audit is made.
final class StopSignals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private StopSignals() {}

  /// Does something at the first of them, and at each. One that the process was started without, as
  /// by `nohup`, stays without; one that cannot be taken is the JVM's.
  static void handle(Runnable stop) {
    NAMES.forEach(name -> Signals.register(name, stop));
  }
}
