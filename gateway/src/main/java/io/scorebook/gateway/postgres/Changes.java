package io.scorebook.gateway.postgres;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Changes of settings while a client is connected: what is for the session is taken by it, and the
/// client is told of those that he keeps track of.
final class Changes {
  private final Settings settings;
  private final Questions questions;
  private final Outbound out;

  /// What settings were before they were set for a transaction.
  private final Map<String, String> before = new HashMap<>();

  Changes(Settings settings, Questions questions, Outbound out) {
    this.settings = settings;
    this.questions = questions;
    this.out = out;
  }

  void set(String name, String value) throws IOException {
    questions.take(name, value);
    settings.set(name, value);
    tell(Optional.of(name));
  }

  /// Sets it until the transaction ends.
  void setForTransaction(String name, String value) throws IOException {
    before.putIfAbsent(name, settings.get(name).orElse(""));
    set(name, value);
  }

  void endTransaction() throws IOException {
    for (Map.Entry<String, String> each : before.entrySet()) {
      set(each.getKey(), each.getValue());
    }
    before.clear();
  }

  /// @param name empty for all
  void reset(Optional<String> name) throws IOException {
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
