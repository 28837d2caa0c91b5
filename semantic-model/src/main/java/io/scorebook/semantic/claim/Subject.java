package io.scorebook.semantic.claim;

/// Whose rows a claim is about.
public sealed interface Subject {
  /// A dataset of the model.
  record OfDataset(String name) implements Subject {
    @Override
    public String toString() {
      return name;
    }
  }

  /// A table of the catalog.
  record OfTable(String namespace, String name) implements Subject {
    @Override
    public String toString() {
      return namespace + "." + name;
    }
  }
}
