package io.scorebook.documents;

/// A place in a document, counted from 1, as editors count.
public record Location(String file, int line, int column) {

  /// The beginning of a file, for findings about the file as a whole.
  public static Location of(String file) {
    return new Location(file, 1, 1);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
