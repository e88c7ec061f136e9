package dev.assay.app.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.assay.core.secret.Secrets;

/** Lays a line out and masks known secrets in it, stack traces included. */
final class ScrubbingLayout extends LayoutBase<ILoggingEvent> {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0}: %msg%n";

  private final PatternLayout pattern = new PatternLayout();
  private final Secrets secrets;

  private ScrubbingLayout(Secrets secrets) {
    this.secrets = secrets;
  }

  static ScrubbingLayout started(LoggerContext context, Secrets secrets) {
    ScrubbingLayout layout = new ScrubbingLayout(secrets);
    layout.setContext(context);
    layout.pattern.setContext(context);
    layout.pattern.setPattern(PATTERN);
    layout.pattern.start();
    layout.start();
    return layout;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return secrets.scrub(pattern.doLayout(event));
  }
}
