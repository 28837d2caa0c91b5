package io.scorebook.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of answers as text and as JSON: all digits, ISO 8601.
public final class Values {
  /// Under which the files and streams that can have metadata keep the provenance.
  static final String PROVENANCE_KEY = "scorebook.provenance";

  private Values() {}

  /// The text of a value that is not NULL.
  public static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case BigDecimal exact -> exact.toPlainString();
      case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
      case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      case Double number -> finite(number).toString();
      case Long _, Integer _, BigInteger _, Boolean _, LocalDate _ -> value.toString();
      default -> throw new IllegalArgumentException("Invalid value of " + value.getClass());
    };
  }

  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Double number -> json.writeNumber(finite(number));
      case Boolean truth -> json.writeBoolean(truth);
      default -> json.writeString(text(value));
    }
  }

  /// JSON has no word for the others, and an engine does not answer them.
  private static Double finite(Double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("Invalid value: " + number);
    }
    return number;
  }

  /// Columns as they are told to an asker.
  public static List<Map<String, String>> columns(List<OutputColumn> columns) {
    return columns.stream()
        .map(column -> {
          var plain = new LinkedHashMap<String, String>();
          plain.put("name", column.name());
          plain.put("type", lower(column.type()));
          plain.put("role", lower(column.role()));
          return (Map<String, String>) plain;
        })
        .toList();
  }

  /// Provenance as it is told to an asker.
  public static Map<String, Object> provenance(Provenance provenance) {
    var model = new LinkedHashMap<String, Object>();
    model.put("name", provenance.model().name());
    model.put("version", provenance.model().version());
    model.put("hash", provenance.model().hash());
    var plain = new LinkedHashMap<String, Object>();
    plain.put("model", model);
    plain.put("snapshots", provenance.snapshots());
    plain.put("engine", provenance.engine());
    plain.put("policies", provenance.policies());
    plain.put("restsOn", provenance.restsOn().stream().map(Values::basis).toList());
    if (!provenance.levels().isEmpty()) {
      plain.put("levels", QualityForm.missed(provenance.levels()));
    }
    return plain;
  }

  /// Provenance for a header: what it rests on without where, so that it stays short.
  public static Map<String, Object> provenanceInBrief(Provenance provenance) {
    Map<String, Object> plain = provenance(provenance);
    plain.put(
        "restsOn",
        provenance.restsOn().stream()
            .map(basis -> pair("claim", basis.claim(), "state", lower(basis.state())))
            .toList());
    return plain;
  }

  /// Two entries, in this order in each process: what is told twice is told alike.
  static Map<String, Object> pair(String first, Object one, String second, Object other) {
    var pair = new LinkedHashMap<String, Object>();
    pair.put(first, one);
    pair.put(second, other);
    return pair;
  }

  private static Map<String, Object> basis(Provenance.Basis basis) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("claim", basis.claim());
    plain.put("declared", basis.declared());
    plain.put("state", lower(basis.state()));
    plain.put("snapshots", basis.snapshots());
    if (basis.broken() > 0) {
      plain.put("broken", basis.broken());
    }
    return plain;
  }

  public static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
