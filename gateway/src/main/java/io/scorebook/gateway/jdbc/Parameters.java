package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/// The values of parameters as the protocol carries them, as values that have a literal.
final class Parameters {
  private Parameters() {}

  static List<@Nullable Object> of(@Nullable List<TypedValue> values) {
    var plain = new ArrayList<@Nullable Object>();
    if (values != null) {
      for (TypedValue value : values) {
        try {
          plain.add(plain(value));
        } catch (DateTimeException e) {
          throw new ProblemException(
              Problem.of(
                  ErrorCode.INVALID_VALUE,
                  "Cannot read parameter %d: it is out of range".formatted(plain.size() + 1)),
              e);
        }
      }
    }
    return plain;
  }

  private static @Nullable Object plain(@Nullable TypedValue typed) {
    if (typed == null || typed.value == null) {
      return null;
    }
    if (typed.type == Rep.JAVA_SQL_DATE && typed.value instanceof Number days) {
      return LocalDate.ofEpochDay(days.longValue());
    }
    if ((typed.type == Rep.JAVA_SQL_TIMESTAMP || typed.type == Rep.JAVA_UTIL_DATE)
        && typed.value instanceof Number millis) {
      return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis.longValue()), ZoneOffset.UTC);
    }
    return typed.type == Rep.JAVA_SQL_TIME ? typed : typed.value; // a time has no literal here
  }
}
