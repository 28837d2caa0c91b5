package io.scorebook.engine;

/// What answering may use on this machine.
///
/// @param memoryBytes of the engine, for all questions together, besides the JVM's own
/// @param threads of the engine
/// @param spillBytes how much the engine may put on disk while it computes
/// @param cacheBytes how much of the data files is kept on the local disk
/// @param engine the engine that answers where none is named: `duckdb` or `reference`
public record EngineSettings(
    long memoryBytes, int threads, long spillBytes, long cacheBytes, String engine) {
  private static final long GIB = 1L << 30;

  /// A quarter of the machine's memory, at least 512 MiB; all its processors; 20 GiB for spilling
  /// and 20 GiB for the cache.
  public static EngineSettings defaults() {
    return new EngineSettings(
        Math.max(GIB / 2, physicalMemory() / 4),
        Runtime.getRuntime().availableProcessors(),
        20 * GIB,
        20 * GIB,
        "duckdb");
  }

  public EngineSettings withEngine(String engine) {
    return new EngineSettings(memoryBytes, threads, spillBytes, cacheBytes, engine);
  }

  private static long physicalMemory() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 4 * GIB;
  }
}
