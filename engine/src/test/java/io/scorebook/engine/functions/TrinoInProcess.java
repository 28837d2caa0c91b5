package io.scorebook.engine.functions;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Trino in this process, from a folder of its libraries: apart from all else, since it brings
/// other versions of what the engine uses.
final class TrinoInProcess implements AutoCloseable {
  private final URLClassLoader libraries;
  private final AutoCloseable runner;
  private final Object session;

  private TrinoInProcess(URLClassLoader libraries, AutoCloseable runner, Object session) {
    this.libraries = libraries;
    this.runner = runner;
    this.session = session;
  }

  /// Starts it from the folder that `scorebook.trino.libs` names; empty where it names none.
  static Optional<TrinoInProcess> start() throws IOException, ReflectiveOperationException {
    String folder = System.getProperty("scorebook.trino.libs", "");
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> jars = Files.list(Path.of(folder))) {
      var libraries =
          new URLClassLoader(
              jars.map(TrinoInProcess::url).toArray(URL[]::new),
              ClassLoader.getPlatformClassLoader());
      Thread.currentThread().setContextClassLoader(libraries);
      Class<?> sessions = libraries.loadClass("io.trino.testing.TestingSession");
      Object builder = sessions.getMethod("testSessionBuilder").invoke(null);
      Object session = builder.getClass().getMethod("build").invoke(builder);
      Class<?> runners = libraries.loadClass("io.trino.testing.StandaloneQueryRunner");
      Object runner =
          runners.getConstructor(libraries.loadClass("io.trino.Session")).newInstance(session);
      return Optional.of(new TrinoInProcess(libraries, (AutoCloseable) runner, session));
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// The values of a column.
  ///
  /// @throws IllegalStateException with what Trino says against the query
  List<@Nullable Object> column(String sql, int column) throws ReflectiveOperationException {
    Object result;
    try {
      result =
          runner
              .getClass()
              .getMethod("execute", session.getClass(), String.class)
              .invoke(runner, session, sql);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(String.valueOf(e.getTargetException().getMessage()), e);
    }
    List<?> rows = (List<?>) result.getClass().getMethod("getMaterializedRows").invoke(result);
    var values = new ArrayList<@Nullable Object>();
    for (Object row : rows) {
      values.add(plain(row.getClass().getMethod("getField", int.class).invoke(row, column)));
    }
    return values;
  }

  /// Timestamps are of a class of Trino's.
  private static @Nullable Object plain(@Nullable Object value) {
    return value != null && value.getClass().getSimpleName().equals("SqlTimestamp")
        ? LocalDateTime.parse(value.toString().replace(' ', 'T'))
        : value;
  }

  @Override
  public void close() throws Exception {
    runner.close();
    libraries.close();
  }
}
