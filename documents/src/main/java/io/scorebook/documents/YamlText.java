package io.scorebook.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes plain Java (maps, lists, texts, numbers, booleans, null) as YAML in block style, which
/// [Document] reads back as it was.
public final class YamlText {
  private YamlText() {}

  public static String of(Object plain) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setIndent(2)
            .setWidth(100)
            .setSplitLines(false)
            .build();
    return new Dump(settings).dumpToString(shared(plain));
  }

  /// Copies, so that nothing that stands in two places becomes an alias.
  private static @Nullable Object shared(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, inside) -> copy.put(key, shared(inside)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new java.util.ArrayList<@Nullable Object>();
        list.forEach(item -> copy.add(shared(item)));
        yield copy;
      }
      case String _, Boolean _, Integer _, Long _, BigInteger _, BigDecimal _ -> value;
      default -> throw new IllegalArgumentException("Invalid value of " + value.getClass());
    };
  }
}
