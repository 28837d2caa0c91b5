package io.scorebook.gateway.postgres;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Changes of settings while a client is connected: what is for the session is taken by it, and the
/// client is told of those that he keeps track of.
final class Changes {
  private final Settings settings;
  private final Questions questions;
  private final Outbound out;

  /// What settings were before the transaction in which they were changed.
  private final Map<String, String> before = new HashMap<>();

  /// What they are after it, where it is committed; others are as before.
  private final Map<String, String> after = new HashMap<>();

  Changes(Settings settings, Questions questions, Outbound out) {
    this.settings = settings;
    this.questions = questions;
    this.out = out;
  }

  void set(String name, String value, boolean inTransaction) throws IOException {
    if (inTransaction) {
      keep(name);
    }
    set(name, value);
    if (inTransaction) {
      after.put(key(name), value);
    }
  }

  private void set(String name, String value) throws IOException {
    questions.take(name, value);
    settings.set(name, value);
    tell(Optional.of(name));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void keep(String name) {
    before.putIfAbsent(key(name), settings.get(name).orElse(""));
  }

  /// Sets it until the transaction ends.
  void setForTransaction(String name, String value) throws IOException {
    keep(name);
    set(name, value);
  }

  /// What was set in a transaction that is rolled back was not set.
  void endTransaction(boolean committed) throws IOException {
    var kept = new HashMap<>(before);
    if (committed) {
      kept.putAll(after);
    }
    before.clear();
    after.clear();
    for (Map.Entry<String, String> each : kept.entrySet()) {
      if (!settings.get(each.getKey()).equals(Optional.of(each.getValue()))) {
        set(each.getKey(), each.getValue());
      }
    }
  }

  /// @param name empty for all
  void reset(Optional<String> name, boolean inTransaction) throws IOException {
    List<String> names = name.map(List::of).orElseGet(() -> List.copyOf(settings.all().keySet()));
    if (inTransaction) {
      names.forEach(this::keep);
      names.forEach(each -> after.put(key(each), settings.first(each)));
    }
    name.ifPresentOrElse(settings::reset, settings::resetAll);
    for (String each : Questions.TAKEN) {
      if (name.isEmpty() || name.get().equalsIgnoreCase(each)) {
        questions.take(each, settings.get(each).orElse(""));
      }
    }
    tell(name);
  }

  private void tell(Optional<String> name) throws IOException {
    for (String reported : Settings.REPORTED) {
      if (name.isEmpty() || name.get().equalsIgnoreCase(reported)) {
        out.parameterStatus(reported, settings.get(reported).orElse(""));
      }
    }
  }
}
