package io.scorebook.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Warnings to stderr; everything of ours and the warnings of others to `HOME/log`, once there is a
/// home. In code, as reading an XML file would cost the start a tenth of a second.
public final class QuietLogging extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger("io.scorebook").setLevel(Level.INFO);
    // What they tell (a port in use, a broken connection, an unexpected failure) the gateway tells.
    context.getLogger("io.micronaut.http.server").setLevel(Level.OFF);
    // It warns of its own use of its own deprecated methods.
    context.getLogger("org.apache.iceberg").setLevel(Level.ERROR);
    // It warns of each try to reach a broker; what sends lineage tells it now and then.
    context.getLogger("org.apache.kafka").setLevel(Level.ERROR);

    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    console.setName("stderr");
    var warnings = new ThresholdFilter();
    warnings.setLevel(Level.WARN.levelStr);
    warnings.start();
    console.addFilter(warnings);
    start(context, console, "%level: %msg%n%nopex");
    root.addAppender(console);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Writes to `HOME/log/scorebook.log` from now on: a file a day, kept for two weeks.
  static void toFile(Path home) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    Path folder = home.resolve("log");
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender("file") != null) {
      return;
    }
    var file = new RollingFileAppender<ILoggingEvent>();
    file.setContext(context);
    file.setName("file");
    file.setFile(folder.resolve("scorebook.log").toString());
    var rolling = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setFileNamePattern(folder.resolve("scorebook.%d.%i.log").toString());
    rolling.setMaxFileSize(FileSize.valueOf("20MB"));
    rolling.setMaxHistory(14);
    rolling.start();
    file.setRollingPolicy(rolling);
    start(context, file, "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} - %msg%n");
    root.addAppender(file);
  }

  private static void start(
      LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
  }
}
