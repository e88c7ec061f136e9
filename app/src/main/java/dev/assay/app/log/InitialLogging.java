package dev.assay.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.assay.core.secret.Secrets;

/**
 * What is logged before the configuration is known, and by commands: warnings, to standard error.
 * Logback finds it as a service, and so looks for no file to parse.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class InitialLogging extends ContextAwareBase implements Configurator {
  /** For the service loader. */
  public InitialLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(Logging.standardError(context, Secrets.NONE));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
