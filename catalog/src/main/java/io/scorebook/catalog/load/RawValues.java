package io.scorebook.catalog.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Values of typed files as JSON, for the quarantine.
final class RawValues {
  private RawValues() {}

  static void put(ObjectNode row, String name, @Nullable Object value) {
    switch (value) {
      case null -> row.putNull(name);
      case Boolean bool -> row.put(name, bool);
      case Integer number -> row.put(name, number);
      case Long number -> row.put(name, number);
      case Float number -> row.put(name, number);
      case Double number -> row.put(name, number);
      case BigDecimal number -> row.put(name, number);
      case BigInteger number -> row.put(name, number);
      default -> row.put(name, value.toString());
    }
  }
}
