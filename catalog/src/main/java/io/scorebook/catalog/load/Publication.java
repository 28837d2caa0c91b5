package io.scorebook.catalog.load;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.table.TableSnapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import org.jspecify.annotations.Nullable;

/// Write, audit, publish: the rows go to a branch that nobody reads, are checked there, and become
/// the table's newest snapshot in one commit that also removes the branch. What fails before leaves
/// the table as it was, and nothing behind.
final class Publication {
  private final TableName name;
  private final Table table;
  private final OptionalLong base;
  private final Audit audit;
  private final String branch;
  private final DataFileUpload upload;
  private OptionalLong written = OptionalLong.empty();

  /// @param audit a last look at the table as it would be
  /// @param base the snapshot against which the rows were checked; they are published on no other
  Publication(TableName name, Table table, OptionalLong base, String loadId, Audit audit) {
    this.name = name;
    this.table = table;
    this.base = base;
    this.audit = audit;
    this.branch = "load-" + loadId;
    this.upload = new DataFileUpload(table, loadId);
  }

  /// What goes with the rows, or not at all: written before they are published, undone if they are
  /// not.
  interface Companion {
    Companion NONE =
        new Companion() {
          @Override
          public void write() {}

          @Override
          public void undo() {}
        };

    void write();

    void undo();
  }

  /// Publishes the files; [Kind#CONFLICT] where the table was changed since the base.
  ///
  /// @return the snapshot that is published
  /// @throws Stopped where the audit finds something; nothing is published then
  long publish(List<WrittenFile> files, Map<String, String> summary, Companion companion) {
    try {
      long snapshot = write(files, summary);
      written = OptionalLong.of(snapshot);
      audit(snapshot, files);
      List<String> problems = audit.problems(TableSnapshot.at(name, table, snapshot));
      if (!problems.isEmpty()) {
        throw new Stopped(problems);
      }
      companion.write();
      commit("publish the rows", this::fastForward, () -> isPublished(snapshot));
      return snapshot;
    } catch (Stopped stopped) {
      var failure = new StoreException(Kind.FAILED, "Cannot undo a load that was stopped", stopped);
      undo(companion, failure);
      for (Throwable left : failure.getSuppressed()) {
        stopped.addSuppressed(left);
      }
      throw stopped;
    } catch (RuntimeException e) {
      StoreException failure =
          StoreFailures.translate("load into the table '%s'".formatted(table.name()), e);
      if (failure.kind() != Kind.STATE_UNKNOWN) {
        undo(companion, failure);
      }
      throw failure;
    }
  }

  private long write(List<WrittenFile> files, Map<String, String> summary) {
    List<DataFile> data = upload.upload(files);
    AppendFiles append = table.newAppend().toBranch(branch);
    data.forEach(append::appendFile);
    summary.forEach(append::set);
    commit("write the branch", append::commit, () -> table.snapshot(branch) != null);
    table.refresh();
    return Optional.ofNullable(table.snapshot(branch))
        .map(Snapshot::snapshotId)
        .orElseThrow(
            () -> new StoreException(Kind.FAILED, "Cannot find the branch that was written"));
  }

  private void fastForward() {
    try {
      table
          .manageSnapshots()
          .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
          .removeBranch(branch)
          .commit();
    } catch (IllegalArgumentException e) {
      // It looks at the newest metadata first, where main may have gone on since the last look.
      if (!base.equals(idOf(table.currentSnapshot()))) {
        throw conflict(e);
      }
      throw e;
    }
  }

  private static OptionalLong idOf(@Nullable Snapshot snapshot) {
    return snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId());
  }

  private static StoreException conflict(@Nullable Exception cause) {
    return new StoreException(
        Kind.CONFLICT, "Cannot publish: the table was changed at the same time by another", cause);
  }

  /// The branch holds the checked snapshot and the new rows, no more and no less.
  private void audit(long id, List<WrittenFile> files) {
    Snapshot snapshot = table.snapshot(id);
    Long parent = snapshot.parentId();
    if (!base.equals(parent == null ? OptionalLong.empty() : OptionalLong.of(parent))) {
      throw conflict(null);
    }
    long added = 0;
    for (DataFile file : snapshot.addedDataFiles(table.io())) {
      added += file.recordCount();
      for (int key : table.schema().identifierFieldIds()) {
        Long nulls = file.nullValueCounts() == null ? null : file.nullValueCounts().get(key);
        if (nulls != null && nulls > 0) {
          throw new StoreException(
              Kind.FAILED, "Cannot publish: a key is NULL in " + file.location());
        }
      }
    }
    long expected = files.stream().mapToLong(WrittenFile::rows).sum();
    if (added != expected) {
      throw new StoreException(
          Kind.FAILED,
          "Cannot publish: %d rows were written, %d expected".formatted(added, expected));
    }
  }

  private boolean isPublished(long snapshot) {
    for (Snapshot at = table.currentSnapshot(); at != null; at = parent(at)) {
      if (at.snapshotId() == snapshot) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Snapshot parent(Snapshot snapshot) {
    Long parent = snapshot.parentId();
    return parent == null ? null : table.snapshot(parent);
  }

  /// Commits, and where it fails so that the commit may still have happened, looks.
  private void commit(String doing, Runnable commit, BooleanSupplier happened) {
    try {
      commit.run();
    } catch (RuntimeException e) {
      if (e instanceof CleanableFailure || !mayHaveHappened(e)) {
        throw e;
      }
      try {
        table.refresh();
      } catch (RuntimeException unreachable) {
        e.addSuppressed(unreachable);
        throw unknown(doing, e);
      }
      if (!happened.getAsBoolean()) {
        throw unknown(doing, e);
      }
    }
  }

  private static boolean mayHaveHappened(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CommitStateUnknownException
          || cause instanceof SQLException
          || cause instanceof RESTException) {
        return true;
      }
    }
    return false;
  }

  private static StoreException unknown(String doing, RuntimeException cause) {
    return new StoreException(
        Kind.STATE_UNKNOWN,
        ("Cannot tell whether the catalog took the commit to %s; load the same files again:"
                + " rows that are there are not loaded twice")
            .formatted(doing),
        cause);
  }

  /// Leaves nothing behind; what cannot be removed is told with the failure.
  private void undo(Companion companion, StoreException failure) {
    attempt(companion::undo, failure);
    attempt(
        () -> {
          table.refresh();
          if (table.refs().containsKey(branch)) {
            table.manageSnapshots().removeBranch(branch).commit();
          }
          if (written.isPresent() && table.snapshot(written.getAsLong()) != null) {
            // Only this one: the history of the table is not the loader's to shorten.
            table
                .expireSnapshots()
                .expireOlderThan(0)
                .expireSnapshotId(written.getAsLong())
                .commit();
          }
        },
        failure);
    attempt(upload::remove, failure);
  }

  private static void attempt(Runnable step, StoreException failure) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
