package io.scorebook.engine;

/// What answering may use on this machine.
///
/// @param memoryBytes of the engine, for all questions together, besides the JVM's own
/// @param threads of the engine
/// @param spillBytes how much the engine may put on disk while it computes
/// @param cacheBytes how much of the data files is kept on the local disk
/// @param answerBytes how much of small answers and of pages is kept in memory, to be given again
///   while the snapshots stay; 0 for none
/// @param engine the engine that answers where none is named: `duckdb` or `reference`
public record EngineSettings(
    long memoryBytes,
    int threads,
    long spillBytes,
    long cacheBytes,
    long answerBytes,
    String engine) {
  private static final long GIB = 1L << 30;

  /// A quarter of the machine's memory, at least 512 MiB; all its processors; 20 GiB for spilling
  /// and 20 GiB for the cache of data files; 64 MiB for answers.
  public static EngineSettings defaults() {
    return new EngineSettings(
        Math.max(GIB / 2, physicalMemory() / 4),
        Runtime.getRuntime().availableProcessors(),
        20 * GIB,
        20 * GIB,
        GIB / 16,
        "duckdb");
  }

  public EngineSettings withEngine(String engine) {
    return new EngineSettings(memoryBytes, threads, spillBytes, cacheBytes, answerBytes, engine);
  }

  /// Every question is computed, also one that was just answered.
  public EngineSettings withoutKeptAnswers() {
    return new EngineSettings(memoryBytes, threads, spillBytes, cacheBytes, 0, engine);
  }

  private static long physicalMemory() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 4 * GIB;
  }
}
