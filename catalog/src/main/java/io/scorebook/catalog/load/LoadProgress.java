package io.scorebook.catalog.load;

import java.nio.file.Path;

/// Hears how a load goes on; called in the thread that loads.
public interface LoadProgress {
  LoadProgress SILENT =
      new LoadProgress() {
        @Override
        public void read(Path file, long rows) {}

        @Override
        public void step(Step step) {}
      };

  /// So many rows of the file were read by now.
  void read(Path file, long rows);

  void step(Step step);

  /// What comes after reading.
  enum Step {
    CHECK,
    WRITE,
    PUBLISH
  }
}
