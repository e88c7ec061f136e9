package dev.assay.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.assay.ledger.file.LedgerHome;
import java.io.IOException;
import java.nio.file.Path;

/** Writes to files that only their owner can read, before and after each rotation. */
final class PrivateFileAppender extends RollingFileAppender<ILoggingEvent> {
  @Override
  public void openFile(String name) throws IOException {
    LedgerHome.own(Path.of(name));
    super.openFile(name);
  }
}
