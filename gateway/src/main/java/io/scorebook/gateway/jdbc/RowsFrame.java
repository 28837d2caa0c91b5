package io.scorebook.gateway.jdbc;

import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/// Rows of an answer, each value written once. Avatica's own frame writes it a second time, in the
/// field that drivers before 1.8 (of 2016) read, which the driver of today parses as well and
/// throws away.
final class RowsFrame extends Meta.Frame {
  private final List<@Nullable Object[]> values;

  RowsFrame(long offset, boolean done, List<@Nullable Object[]> values) {
    super(offset, done, List.copyOf(values));
    this.values = values;
  }

  @Override
  public Common.Frame toProto() {
    Common.Frame.Builder frame = Common.Frame.newBuilder().setOffset(offset).setDone(done);
    for (@Nullable Object[] row : values) {
      frame.addRows(proto(row));
    }
    return frame.build();
  }

  private static Common.Row proto(@Nullable Object[] values) {
    Common.Row.Builder row = Common.Row.newBuilder();
    for (Object value : values) {
      Common.TypedValue.Builder scalar = Common.TypedValue.newBuilder();
      TypedValue.toProto(scalar, value);
      row.addValue(Common.ColumnValue.newBuilder().setScalarValue(scalar.build()).build());
    }
    return row.build();
  }
}
