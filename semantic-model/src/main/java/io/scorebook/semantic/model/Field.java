package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Optional;

/// A row-level value of a dataset.
///
/// @param expression scalar SQL over the columns of the dataset's source
/// @param isDimension whether questions may group and filter by it
/// @param isTime whether it is a time dimension, with grains
/// @param expressionAt where the text of the expression begins
public record Field(
    String name,
    String expression,
    boolean isDimension,
    boolean isTime,
    Optional<DataType> datatype,
    Optional<String> label,
    Optional<String> description,
    List<String> synonyms,
    Location location,
    Location expressionAt) {

  public Field {
    synonyms = List.copyOf(synonyms);
  }

  /// A field whose expression stands where the field does.
  public Field(
      String name,
      String expression,
      boolean isDimension,
      boolean isTime,
      Optional<DataType> datatype,
      Optional<String> label,
      Optional<String> description,
      List<String> synonyms,
      Location location) {
    this(
        name,
        expression,
        isDimension,
        isTime,
        datatype,
        label,
        description,
        synonyms,
        location,
        location);
  }

  /// Ossie's logical types.
  public enum DataType {
    STRING("String"),
    INTEGER("Integer"),
    DECIMAL("Decimal"),
    FLOAT("Float"),
    BOOLEAN("Boolean"),
    DATE("Date"),
    TIME("Time"),
    DATE_TIME("DateTime"),
    DATE_TIME_TZ("DateTimeTz"),
    OPAQUE("Opaque");

    private final String ossieName;

    DataType(String ossieName) {
      this.ossieName = ossieName;
    }

    public String ossieName() {
      return ossieName;
    }

    public boolean isTemporal() {
      return this == DATE || this == TIME || this == DATE_TIME || this == DATE_TIME_TZ;
    }

    public static Optional<DataType> find(String ossieName) {
      return java.util.Arrays.stream(values())
          .filter(type -> type.ossieName.equals(ossieName))
          .findFirst();
    }
  }
}
