package io.scorebook.gateway.postgres;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.session.Session;
import java.util.List;

/// A column of an answer.
///
/// @param isArray of values of the type
/// @param modifier of the type as PostgreSQL has it: precision and scale of a decimal; -1 for none
record Field(String name, PgType type, boolean isArray, int modifier) {
  private static final int MODIFIER_HEADER = 4;

  static Field of(String name, ValueType type) {
    int modifier =
        type instanceof ValueType.Decimal(int precision, int scale)
            ? ((precision << 16) | scale) + MODIFIER_HEADER
            : -1;
    return new Field(name, PgType.of(type), false, modifier);
  }

  static List<Field> of(List<Session.Column> columns) {
    return columns.stream().map(column -> of(column.name(), column.type())).toList();
  }

  static Field of(SystemCatalog.Column column) {
    boolean isArray = column.type().endsWith("[]");
    String element =
        isArray ? column.type().substring(0, column.type().length() - 2) : column.type();
    return new Field(column.name(), PgType.ofName(element.replace("\"", "")), isArray, -1);
  }

  int oid() {
    return isArray ? type.arrayOid() : type.oid();
  }

  int size() {
    return isArray ? -1 : type.size();
  }
}
