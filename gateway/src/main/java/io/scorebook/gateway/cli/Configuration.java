package io.scorebook.gateway.cli;

import io.scorebook.documents.Document;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Values of settings that no flag gives: from the environment, else from a file.
///
/// A setting is a flag that says where and how, not what is asked: `--home` is one
/// (`SCOREBOOK_HOME`, `home:`), `--metrics` is none.
final class Configuration implements IDefaultValueProvider {
  static final Path FILE = Path.of("scorebook.yaml");

  private static final Set<String> SETTINGS =
      Set.of(
          "home",
          "host",
          "port",
          "domain",
          "time-limit",
          "memory-limit",
          "threads",
          "cache-limit",
          "answer-limit",
          "s3-endpoint",
          "s3-bucket",
          "s3-bucket-of",
          "s3-region",
          "s3-path-style",
          "s3-ca",
          "catalog-uri",
          "url",
          "max-rejected");

  /// `NAME=VALUE,...` on the command line, a mapping in the file.
  private static final Set<String> MAPPINGS = Set.of("s3-bucket-of");

  private final Map<String, String> environment;
  private final Path file;
  private Value.@Nullable Mapping read;

  Configuration(Map<String, String> environment, Path file) {
    this.environment = environment;
    this.file = file;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = option.longestName().replaceFirst("^-+", "");
    if (!SETTINGS.contains(name)) {
      return null;
    }
    String variable = "SCOREBOOK_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String value = environment.get(variable);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    try {
      return inFile(name).orElse(null);
    } catch (Failures.Refused e) {
      throw new ParameterException(
          argument.command().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<String> inFile(String name) {
    if (read == null) {
      read = read();
    }
    return read.find(name)
        .map(value ->
            switch (value) {
              case Value.Scalar scalar -> scalar.text();
              case Value.Sequence sequence ->
                  sequence.items().stream()
                      .map(Configuration::text)
                      .collect(Collectors.joining(","));
              case Value.Mapping mapping when MAPPINGS.contains(name) ->
                  mapping.entries().entrySet().stream()
                      .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                      .collect(Collectors.joining(","));
              case Value.Mapping mapping ->
                  throw new Failures.Refused(
                      "%s: Invalid '%s': must be a value".formatted(mapping.location(), name));
            });
  }

  private static String text(Value value) {
    return value instanceof Value.Scalar scalar ? scalar.text() : "";
  }

  /// A file in which every setting is commented out says nothing.
  static boolean saysNothing(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    } catch (IOException | UncheckedIOException e) {
      throw new Failures.Refused("Cannot read the settings in %s: %s".formatted(file, e));
    }
  }

  private static Set<String> known() {
    var known = new TreeSet<>(SETTINGS);
    known.addAll(GatewaySettings.SECTIONS);
    return known;
  }

  private Value.Mapping read() {
    if (!Files.exists(file) || saysNothing(file)) {
      return new Value.Mapping(
          io.scorebook.documents.Location.of(file.toString()), Map.of(), Map.of());
    }
    var findings = new Findings();
    Optional<Value.Mapping> mapping =
        Document.read(file, file.toString(), findings)
            .flatMap(value -> value.asMapping("settings", findings));
    mapping.ifPresent(settings -> settings.allowOnly(known(), findings));
    if (findings.hasErrors()) {
      throw new Failures.Refused(
          findings.toList().stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }
    return mapping.orElseThrow();
  }
}
