package io.scorebook.gateway.flight;

import io.scorebook.gateway.session.Backend;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/// What a client is told of the parameters of a query: a text each, since SQL makes of a text what
/// it is compared with. A client may send any other type.
final class ParameterTypes {
  private ParameterTypes() {}

  static List<Field> of(String sql, int parameters, Backend.View view) {
    var fields = new ArrayList<Field>();
    for (int i = 0; i < parameters; i++) {
      fields.add(Field.nullable("?" + (i + 1), ArrowType.Utf8.INSTANCE));
    }
    return fields;
  }
}
