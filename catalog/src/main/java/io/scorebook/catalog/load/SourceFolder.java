package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder with the files of several tables, under the names that the contracts know.
public final class SourceFolder {
  private SourceFolder() {}

  /// The files for a table that are there, gzipped or not, in the order of the contract; a file
  /// that is there in both forms is taken once, as it is.
  public static List<Path> find(Contract contract, Path folder) {
    var found = new ArrayList<Path>();
    for (String name : contract.files()) {
      Path plain = folder.resolve(name);
      Path gzipped = folder.resolve(name + ".gz");
      if (Files.isRegularFile(plain)) {
        found.add(plain);
      } else if (Files.isRegularFile(gzipped)) {
        found.add(gzipped);
      }
    }
    return found;
  }
}
