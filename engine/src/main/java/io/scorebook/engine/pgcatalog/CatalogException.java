package io.scorebook.engine.pgcatalog;

/// A statement on the system catalog that cannot be answered.
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  CatalogException(String sqlState, String message) {
    super(message);
    this.sqlState = sqlState;
  }

  /// The five characters by which PostgreSQL tells the kind of error.
  public String sqlState() {
    return sqlState;
  }
}
