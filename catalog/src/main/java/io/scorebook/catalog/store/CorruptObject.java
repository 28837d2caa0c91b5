package io.scorebook.catalog.store;

import java.io.IOException;

/// The store gave other bytes than were written.
public final class CorruptObject extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptObject(String location) {
    super("Cannot trust %s: the store gave other bytes than were written".formatted(location));
  }
}
