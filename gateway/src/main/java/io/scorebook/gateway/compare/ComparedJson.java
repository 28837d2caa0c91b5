package io.scorebook.gateway.compare;

import io.scorebook.engine.compare.ValueChange;
import io.scorebook.engine.compare.ValueChange.Difference;
import io.scorebook.engine.compare.ValueChange.Groups;
import io.scorebook.engine.compare.ValueChange.Value;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.Values;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Demand;
import io.scorebook.semantic.compare.Level;
import io.scorebook.semantic.model.SemanticModel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As JSON; the form is in `docs/diff.md`.
public final class ComparedJson {
  private ComparedJson() {}

  public static String of(Compared compared) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    plain.put("before", plain(compared.before()));
    plain.put("after", plain(compared.after()));
    plain.put("level", compared.comparison().level().map(Level::word).orElse("none"));
    plain.put(
        "changes", compared.comparison().changes().stream().map(ComparedJson::plain).toList());
    plain.put(
        "versions", compared.comparison().demands().stream().map(ComparedJson::plain).toList());
    compared
        .values()
        .ifPresent(values -> {
          plain.put("snapshots", values.snapshots());
          plain.put("values", values.changes().stream().map(ComparedJson::plain).toList());
        });
    return Json.text(plain) + "\n";
  }

  private static Map<String, Object> plain(SemanticModel model) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("model", model.name());
    plain.put("version", model.version());
    plain.put("hash", model.hash());
    return plain;
  }

  private static Map<String, Object> plain(Change change) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("level", change.level().word());
    plain.put("kind", change.kind().word());
    plain.put("name", change.name());
    plain.put("change", change.what().word());
    plain.put("message", change.message());
    change.before().ifPresent(was -> plain.put("before", was));
    change.after().ifPresent(is -> plain.put("after", is));
    if (!change.through().isEmpty()) {
      plain.put("through", change.through());
    }
    plain.put("at", change.at().toString());
    return plain;
  }

  private static Map<String, Object> plain(Demand demand) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("of", demand.of());
    plain.put("before", demand.before());
    plain.put("after", demand.after());
    plain.put("level", demand.level().word());
    plain.put("least", demand.least());
    plain.put("met", demand.isMet());
    return plain;
  }

  private static Map<String, @Nullable Object> plain(ValueChange change) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    plain.put("metric", change.metric());
    plain.put("total", plain(change.total()));
    change.groups().ifPresent(groups -> plain.put("groups", plain(groups)));
    return plain;
  }

  private static Map<String, @Nullable Object> plain(Groups groups) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    plain.put("keys", groups.keys());
    if (groups.refused().isPresent()) {
      plain.put("refused", groups.refused().get());
      return plain;
    }
    plain.put("count", groups.count());
    plain.put("different", groups.different());
    plain.put(
        "examples",
        groups.examples().stream()
            .map(example -> {
              Map<String, @Nullable Object> one = plain(example.values());
              List<@Nullable Object> keys = new ArrayList<>();
              example.keys().forEach(key -> keys.add(json(key)));
              one.put("keys", keys);
              return one;
            })
            .toList());
    return plain;
  }

  private static Map<String, @Nullable Object> plain(Difference difference) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    put(plain, "before", difference.before());
    put(plain, "after", difference.after());
    return plain;
  }

  private static void put(Map<String, @Nullable Object> plain, String side, Value value) {
    switch (value) {
      case Value.Known(var known) -> plain.put(side, json(known));
      case Value.Refused(String why) -> plain.put(side + "Refused", why);
    }
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Long _, Integer _, BigInteger _, BigDecimal _, Double _, Boolean _ -> value;
      default -> Values.text(value);
    };
  }
}
