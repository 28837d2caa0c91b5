package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.ArrowTypes;
import java.util.ArrayList;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// An answer's schema in Arrow. What a column is, is in its metadata; the provenance is in the
/// schema's.
public final class ArrowSchema {
  private ArrowSchema() {}

  public static Schema of(Heading heading) {
    var fields = new ArrayList<Field>();
    for (int i = 0; i < heading.columns().size(); i++) {
      var metadata = Map.of("role", Values.lower(heading.columns().get(i).role()));
      var type = new FieldType(true, ArrowTypes.of(heading.types().get(i)), null, metadata);
      fields.add(new Field(heading.columns().get(i).name(), type, null));
    }
    return new Schema(
        fields,
        Map.of(Values.PROVENANCE_KEY, Json.text(Values.provenanceInBrief(heading.provenance()))));
  }
}
