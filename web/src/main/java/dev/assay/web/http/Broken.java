package dev.assay.web.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Tells a broken connection from a defect. */
final class Broken {
  private Broken() {}

  /** Whether an exception means that the client is gone. */
  static boolean connection(Exception e) {
    return e instanceof IOException
        || e instanceof UncheckedIOException
        || e instanceof SocketWriterException
        || e instanceof ServerConnectionException
        || e instanceof CloseConnectionException
        || e instanceof DataReader.InsufficientDataAvailableException;
  }
}
