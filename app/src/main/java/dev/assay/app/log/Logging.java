package dev.assay.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.assay.app.config.LogSettings;
import dev.assay.core.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up the log. Standard output is never touched: it belongs to what a command was asked for.
 */
public final class Logging {
  private static final String OWN = "dev.assay";
  private static final String STANDARD_ERROR = "System.err";
  private static final FileSize FILE_SIZE = new FileSize(20_000_000);
  private static final int OLD_FILES = 5;

  private Logging() {}

  /**
   * Logs as it is configured, from now on.
   *
   * @param settings how
   * @param home where a relative file is
   * @param secrets are masked in every line
   */
  public static void start(LogSettings settings, Path home, Secrets secrets) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    // Another binding can stand on the class path of whoever embeds the program.
    if (!(factory instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(settings.level() == LogSettings.Level.ERROR ? Level.ERROR : Level.WARN);
    context.getLogger(OWN).setLevel(level(settings.level()));
    root.addAppender(standardError(context, secrets));
    settings.file().ifPresent(file -> root.addAppender(file(context, home.resolve(file), secrets)));
    takeOverJavaLogging();
  }

  /** Stops the log; what is logged afterwards is lost. */
  public static void stop() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }

  /** The appender that writes to standard error. */
  static Appender<ILoggingEvent> standardError(LoggerContext context, Secrets secrets) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(STANDARD_ERROR);
    appender.setEncoder(encoder(context, secrets));
    appender.start();
    return appender;
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, Path file, Secrets secrets) {
    RollingFileAppender<ILoggingEvent> appender = new PrivateFileAppender();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context, secrets));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMaxIndex(OLD_FILES);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> triggering = new SizeBasedTriggeringPolicy<>();
    triggering.setContext(context);
    triggering.setMaxFileSize(FILE_SIZE);
    triggering.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(triggering);
    appender.start();
    return appender;
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(
      LoggerContext context, Secrets secrets) {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(ScrubbingLayout.started(context, secrets));
    encoder.start();
    return encoder;
  }

  private static void takeOverJavaLogging() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
  }

  private static Level level(LogSettings.Level level) {
    return switch (level) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
    };
  }
}
