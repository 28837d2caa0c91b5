package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The settings of one connection: what clients set and ask by habit. None of them changes an
/// answer; one that would is refused.
final class Settings {
  /// As which PostgreSQL the door behaves.
  static final String SERVER_VERSION = "16.4";

  /// The purpose that answers are for, as policies name it.
  static final String PURPOSE = "scorebook.purpose";

  /// Of all settings of a connection.
  private static final int MOST = 200;

  /// Of a name and its value.
  private static final int LONGEST = 10_000;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("application_name", ""),
          Map.entry("bytea_output", "hex"),
          Map.entry("client_encoding", "UTF8"),
          Map.entry("client_min_messages", "notice"),
          Map.entry("datestyle", "ISO, MDY"),
          Map.entry("default_transaction_isolation", "read committed"),
          Map.entry("default_transaction_read_only", "on"),
          Map.entry("extra_float_digits", "1"),
          Map.entry("idle_in_transaction_session_timeout", "0"),
          Map.entry("integer_datetimes", "on"),
          Map.entry("intervalstyle", "postgres"),
          Map.entry("is_superuser", "off"),
          Map.entry("lc_collate", "C"),
          Map.entry("lc_ctype", "C"),
          Map.entry("lc_messages", "C"),
          Map.entry("lc_monetary", "C"),
          Map.entry("lc_numeric", "C"),
          Map.entry("lc_time", "C"),
          Map.entry("lock_timeout", "0"),
          Map.entry("max_identifier_length", "63"),
          Map.entry("max_index_keys", "32"),
          Map.entry("row_security", "on"),
          Map.entry("search_path", "\"$user\", public"),
          Map.entry("server_encoding", "UTF8"),
          Map.entry("server_version", SERVER_VERSION),
          Map.entry("server_version_num", "160004"),
          Map.entry("session_authorization", ""),
          Map.entry("standard_conforming_strings", "on"),
          Map.entry("statement_timeout", "0"),
          Map.entry("synchronize_seqscans", "on"),
          Map.entry("timezone", "UTC"),
          Map.entry("transaction_isolation", "read committed"),
          Map.entry("transaction_read_only", "on"));

  /// Values that are told and not set.
  private static final List<String> FIXED =
      List.of(
          "integer_datetimes",
          "is_superuser",
          "lc_collate",
          "lc_ctype",
          "max_identifier_length",
          "max_index_keys",
          "server_encoding",
          "server_version",
          "server_version_num",
          "session_authorization");

  /// Those that a client is told at the start, and of each change.
  static final List<String> REPORTED =
      List.of(
          "application_name",
          "client_encoding",
          "DateStyle",
          "default_transaction_read_only",
          "integer_datetimes",
          "IntervalStyle",
          "is_superuser",
          "server_encoding",
          "server_version",
          "session_authorization",
          "standard_conforming_strings",
          "TimeZone");

  private final Map<String, String> values = new TreeMap<>();
  private Map<String, String> started = Map.of();

  Settings(String user) {
    values.put("session_authorization", user);
  }

  /// The value of a setting; empty where there is none of the name.
  Optional<String> get(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(values.getOrDefault(key, DEFAULTS.get(key)));
  }

  Map<String, String> all() {
    var all = new TreeMap<>(DEFAULTS);
    all.putAll(values);
    return all;
  }

  /// Sets it.
  ///
  /// @throws ProblemException where there is no such setting, or the value is not for this door
  void set(String name, String value) {
    String key = name.toLowerCase(Locale.ROOT);
    boolean isNew = !values.containsKey(key) && !DEFAULTS.containsKey(key);
    if (key.length() + value.length() > LONGEST || isNew && values.size() >= MOST) {
      throw new ProblemException(
          ErrorCode.INVALID_SETTING,
          "Cannot set '%s': there are %d settings of %d characters at most"
              .formatted(key.length() > LONGEST ? "..." : name, MOST, LONGEST));
    }
    if (key.indexOf('.') < 0 && !DEFAULTS.containsKey(key)) {
      throw new ProblemException(
          ErrorCode.UNSUPPORTED, "Cannot set '%s': there is no such setting".formatted(name));
    }
    if (FIXED.contains(key) && !get(key).orElse("").equals(value)) {
      throw new ProblemException(
          ErrorCode.UNSUPPORTED, "Cannot set '%s': it is fixed".formatted(name));
    }
    boolean ok =
        switch (key) {
          case "client_encoding" ->
              List.of("UTF8", "UTF-8", "UNICODE").contains(value.toUpperCase(Locale.ROOT));
          case "standard_conforming_strings",
              "default_transaction_read_only",
              "transaction_read_only" ->
              List.of("on", "true", "1", "yes").contains(value.toLowerCase(Locale.ROOT));
          case "datestyle" -> value.toUpperCase(Locale.ROOT).startsWith("ISO");
          default -> true;
        };
    if (!ok) {
      throw new ProblemException(
          ErrorCode.UNSUPPORTED,
          "Cannot set '%s' to '%s': here it is always %s"
              .formatted(name, value, DEFAULTS.get(key)));
    }
    values.put(
        key,
        switch (key) {
          case "client_encoding" -> "UTF8";
          case "datestyle" -> value.contains(",") ? value : value + ", MDY";
          case "standard_conforming_strings",
              "default_transaction_read_only",
              "transaction_read_only" ->
              "on";
          default -> value;
        });
  }

  /// What is set now is what the client wanted from the beginning, and comes again with each reset.
  void start() {
    started = Map.copyOf(values);
  }

  /// What a setting was at the beginning; empty for one that was not set.
  String first(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return started.getOrDefault(key, DEFAULTS.getOrDefault(key, ""));
  }

  void reset(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    String first = started.get(key);
    if (first == null) {
      values.remove(key);
    } else {
      values.put(key, first);
    }
  }

  void resetAll() {
    values.clear();
    values.putAll(started);
  }
}
