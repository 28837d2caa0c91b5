package io.scorebook.gateway.cli;

import io.scorebook.engine.answer.AsOf;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Which state of the tables is asked.
final class AsOfOption {
  @Option(
      names = "--as-of",
      paramLabel = "STATE",
      converter = State.class,
      description = "Earlier tables: a time, as 2026-11-23T20:00:00Z, or the id of a snapshot.")
  AsOf asOf = AsOf.newest();

  /// What [AsOf#find] reads.
  static final class State implements ITypeConverter<AsOf> {
    @Override
    public AsOf convert(String text) {
      return AsOf.find(text)
          .orElseThrow(
              () -> new TypeConversionException("'%s' must be %s".formatted(text, AsOf.FORMS)));
    }
  }
}
