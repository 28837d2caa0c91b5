package io.scorebook.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A gateway in a process of its own, with a heap of 512 MB and an engine of 1 GB.
final class GatewayProcess {
  private GatewayProcess() {}

  static Process start(Path home, Path gcLog) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseParallelGC",
            "-Xlog:gc:file=" + gcLog,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Dcalcite.default.charset=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            "io.scorebook.gateway.cli.Main",
            "serve",
            "--home",
            home.toString(),
            "--port",
            "0",
            "--memory-limit",
            "1024",
            "--time-limit",
            "1h")
        .inheritIO()
        .start();
  }

  /// What `gateway.json` says, once it is there.
  static String await(Path home, Process process) throws IOException, InterruptedException {
    Path file = home.resolve("gateway.json");
    for (int i = 0; i < 6000 && process.isAlive(); i++) {
      if (Files.exists(file)) {
        return Files.readString(file);
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new IOException("Cannot start the gateway");
  }

  /// Kilobytes of the whole process.
  static long resident(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  static void stop(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
