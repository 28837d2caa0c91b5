package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/// What nobody asks over the wire, or what a server of answers does not do: all refused. The driver
/// answers the rarer metadata (keys, procedures, privileges) by itself, as empty.
abstract class ReadOnlyMeta implements Meta {
  private static RuntimeException unsupported(String what) {
    return Refusals.of(
        Problem.of(ErrorCode.UNSUPPORTED, "Cannot %s: this is not supported".formatted(what)));
  }

  @Override
  public MetaResultSet getProcedures(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat name) {
    throw unsupported("list procedures");
  }

  @Override
  public MetaResultSet getProcedureColumns(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat name, Pat column) {
    throw unsupported("list procedures");
  }

  @Override
  public MetaResultSet getColumnPrivileges(
      ConnectionHandle ch, @Nullable String catalog, String schema, String table, Pat column) {
    throw unsupported("list privileges");
  }

  @Override
  public MetaResultSet getTablePrivileges(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table) {
    throw unsupported("list privileges");
  }

  @Override
  public MetaResultSet getBestRowIdentifier(
      ConnectionHandle ch,
      @Nullable String catalog,
      String schema,
      String table,
      int scope,
      boolean nullable) {
    throw unsupported("identify rows");
  }

  @Override
  public MetaResultSet getVersionColumns(
      ConnectionHandle ch, @Nullable String catalog, String schema, String table) {
    throw unsupported("list version columns");
  }

  @Override
  public MetaResultSet getPrimaryKeys(
      ConnectionHandle ch, @Nullable String catalog, String schema, String table) {
    throw unsupported("list keys");
  }

  @Override
  public MetaResultSet getImportedKeys(
      ConnectionHandle ch, @Nullable String catalog, String schema, String table) {
    throw unsupported("list keys");
  }

  @Override
  public MetaResultSet getExportedKeys(
      ConnectionHandle ch, @Nullable String catalog, String schema, String table) {
    throw unsupported("list keys");
  }

  @Override
  public MetaResultSet getCrossReference(
      ConnectionHandle ch,
      @Nullable String parentCatalog,
      String parentSchema,
      String parentTable,
      @Nullable String foreignCatalog,
      String foreignSchema,
      String foreignTable) {
    throw unsupported("list keys");
  }

  @Override
  public MetaResultSet getIndexInfo(
      ConnectionHandle ch,
      @Nullable String catalog,
      String schema,
      String table,
      boolean unique,
      boolean approximate) {
    throw unsupported("list indexes");
  }

  @Override
  public MetaResultSet getUDTs(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat type, int[] types) {
    throw unsupported("list types of users");
  }

  @Override
  public MetaResultSet getSuperTypes(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat type) {
    throw unsupported("list types of users");
  }

  @Override
  public MetaResultSet getSuperTables(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table) {
    throw unsupported("list tables above");
  }

  @Override
  public MetaResultSet getAttributes(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat type, Pat attribute) {
    throw unsupported("list attributes");
  }

  @Override
  public MetaResultSet getClientInfoProperties(ConnectionHandle ch) {
    throw unsupported("list client properties");
  }

  @Override
  public MetaResultSet getFunctions(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat name) {
    throw unsupported("list functions");
  }

  @Override
  public MetaResultSet getFunctionColumns(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat name, Pat column) {
    throw unsupported("list functions");
  }

  @Override
  public MetaResultSet getPseudoColumns(
      ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table, Pat column) {
    throw unsupported("list pseudo columns");
  }

  @Override
  public Iterable<Object> createIterable(
      StatementHandle handle,
      QueryState state,
      Signature signature,
      @Nullable List<TypedValue> parameters,
      @Nullable Frame first) {
    throw unsupported("iterate on the server");
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> statements) {
    throw unsupported("run a batch");
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> values) {
    throw unsupported("run a batch");
  }

  /// An answer that was lost cannot be gone on with: asked again, it might be of newer data.
  @Override
  public boolean syncResults(StatementHandle h, QueryState state, long offset) {
    throw Refusals.of(
        Problem.of(
            ErrorCode.ANSWER_LOST,
            "Cannot go on with this answer: it was closed here, after an error or after too long a"
                + " pause; run the query again"));
  }

  /// Nothing is written, so that there is nothing to commit.
  @Override
  public void commit(ConnectionHandle ch) {}

  @Override
  public void rollback(ConnectionHandle ch) {}
}
