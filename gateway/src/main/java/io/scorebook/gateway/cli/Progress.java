package io.scorebook.gateway.cli;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// How work goes on, on stderr: a line that is written over on a terminal, else nothing but what is
/// done.
final class Progress {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private Instant last = Instant.MIN;

  Progress(PrintWriter err) {
    this.err = err;
  }

  LoadProgress of(Contract contract) {
    return new LoadProgress() {
      @Override
      public void read(Path file, long rows) {
        Instant now = Instant.now();
        if (terminal && last.plus(PAUSE).isBefore(now)) {
          last = now;
          show(
              "%s: %s rows of %s"
                  .formatted(contract.table(), LoadWords.number(rows), file.getFileName()));
        }
      }

      @Override
      public void step(Step step) {
        if (terminal) {
          show(
              "%s: %s"
                  .formatted(
                      contract.table(),
                      switch (step) {
                        case CHECK -> "checks keys and references";
                        case WRITE -> "writes data files";
                        case PUBLISH -> "publishes";
                      }));
        }
      }
    };
  }

  /// Does a part of the work, and says how long it took.
  <T> T time(String what, java.util.concurrent.Callable<T> work) throws Exception {
    Instant start = Instant.now();
    if (terminal) {
      show(what + " ...");
    }
    T result = work.call();
    done();
    err.println(
        String.format(
            Locale.ROOT,
            "%6.1f s  %s",
            Duration.between(start, Instant.now()).toMillis() / 1000.0,
            what));
    err.flush();
    return result;
  }

  private void show(String line) {
    err.print(ERASE + line);
    err.flush();
  }

  /// Takes the line away.
  void done() {
    if (terminal) {
      err.print(ERASE);
      err.flush();
    }
  }
}
