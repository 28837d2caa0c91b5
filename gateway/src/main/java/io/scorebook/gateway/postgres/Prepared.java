package io.scorebook.gateway.postgres;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A statement that a client has prepared, and what he was told of its columns.
final class Prepared {
  private final String sql;
  private final Command command;
  private final List<Integer> types;
  private final int parameters;
  private Optional<List<Field>> told = Optional.empty();

  /// @param types that the client gave for parameters, 0 where he leaves it open
  Prepared(String sql, Command command, List<Integer> types, int parameters) {
    this.sql = sql;
    this.command = command;
    this.types = types;
    this.parameters = parameters;
  }

  String sql() {
    return sql;
  }

  Command command() {
    return command;
  }

  List<Integer> types() {
    return types;
  }

  int parameters() {
    return parameters;
  }

  List<Integer> described() {
    return IntStream.range(0, parameters)
        .map(i -> i < types.size() && types.get(i) != 0 ? types.get(i) : PgType.TEXT.oid())
        .boxed()
        .toList();
  }

  /// Of the statement, or of a portal of it: drivers read by it what later portals give.
  void tell(List<Field> fields) {
    told = Optional.of(fields);
  }

  Optional<List<Field>> told() {
    return told;
  }
}
