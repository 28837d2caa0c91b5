package io.scorebook.gateway.postgres;

import io.scorebook.engine.answer.ValueType;
import java.util.Arrays;
import java.util.Optional;

/// The types that cross the wire, with the OIDs that every client knows them by.
enum PgType {
  BOOL("bool", 16, 1, 1000),
  CHAR("char", 18, 1, 1002),
  NAME("name", 19, 64, 1003),
  INT8("int8", 20, 8, 1016),
  INT2("int2", 21, 2, 1005),
  INT4("int4", 23, 4, 1007),
  TEXT("text", 25, -1, 1009),
  OID("oid", 26, 4, 1028),
  FLOAT4("float4", 700, 4, 1021),
  FLOAT8("float8", 701, 8, 1022),
  VARCHAR("varchar", 1043, -1, 1015),
  DATE("date", 1082, 4, 1182),
  TIMESTAMP("timestamp", 1114, 8, 1115),
  TIMESTAMPTZ("timestamptz", 1184, 8, 1185),
  NUMERIC("numeric", 1700, -1, 1231),
  INT2VECTOR("int2vector", 22, -1, 0),
  OIDVECTOR("oidvector", 30, -1, 0);

  private final String typeName;
  private final int oid;
  private final int size;
  private final int arrayOid;

  PgType(String typeName, int oid, int size, int arrayOid) {
    this.typeName = typeName;
    this.oid = oid;
    this.size = size;
    this.arrayOid = arrayOid;
  }

  int oid() {
    return oid;
  }

  /// Bytes of a value in binary, -1 where they differ.
  int size() {
    return size;
  }

  int arrayOid() {
    return arrayOid;
  }

  static Optional<PgType> ofOid(int oid) {
    return Arrays.stream(values()).filter(type -> type.oid == oid).findFirst();
  }

  /// The type of the elements of an array.
  static Optional<PgType> ofArrayOid(int oid) {
    return oid == 0
        ? Optional.empty()
        : Arrays.stream(values()).filter(type -> type.arrayOid == oid).findFirst();
  }

  /// The type of a name; what has no name here goes as text.
  static PgType ofName(String name) {
    return Arrays.stream(values())
        .filter(type -> type.typeName.equals(name))
        .findFirst()
        .orElse(TEXT);
  }

  static PgType of(ValueType type) {
    return switch (type) {
      case ValueType.Decimal _ -> NUMERIC;
      case ValueType.Simple simple ->
          switch (simple) {
            case STRING -> TEXT;
            case INTEGER -> INT8;
            case DOUBLE -> FLOAT8;
            case BOOLEAN -> BOOL;
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case INSTANT -> TIMESTAMPTZ;
          };
    };
  }
}
