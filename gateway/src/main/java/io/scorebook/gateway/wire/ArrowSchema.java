package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.ArrowTypes;
import io.scorebook.engine.answer.ValueType;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// An answer's schema in Arrow. What a column is, is in its metadata; the provenance is in the
/// schema's.
public final class ArrowSchema {
  private ArrowSchema() {}

  public static Schema of(Heading heading) {
    return new Schema(
        fields(heading.columns(), heading.types()),
        Map.of(Values.PROVENANCE_KEY, Json.text(Values.provenanceInBrief(heading.provenance()))));
  }

  /// The columns alone, as they are known before there is an answer.
  public static List<Field> fields(List<OutputColumn> columns, List<ValueType> types) {
    var fields = new ArrayList<Field>();
    for (int i = 0; i < columns.size(); i++) {
      var metadata = Map.of("role", Values.lower(columns.get(i).role()));
      var type = new FieldType(true, ArrowTypes.of(types.get(i)), null, metadata);
      fields.add(new Field(columns.get(i).name(), type, null));
    }
    return List.copyOf(fields);
  }
}
