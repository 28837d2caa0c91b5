package io.scorebook.gateway.postgres;

import java.util.List;

/// A statement that a client has prepared.
///
/// @param types that the client gave for parameters, 0 where he leaves it open
record Prepared(String sql, Command command, List<Integer> types, int parameters) {
  List<Integer> described() {
    return java.util.stream.IntStream.range(0, parameters)
        .map(i -> i < types.size() && types.get(i) != 0 ? types.get(i) : PgType.TEXT.oid())
        .boxed()
        .toList();
  }
}
