package dev.assay.wire.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection to an endpoint that knows how many bytes came, whether the peer has closed it, and
 * which exchange waits on it. For one thread at a time.
 */
final class Connection extends DefaultBHttpClientConnection {
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(1_000).build();

  private final Endpoint endpoint;
  private final SocketChannel channel;
  private Exchange exchange;
  private long received;
  private boolean ended;
  private boolean probing;
  private boolean reused;
  private long idleSince;

  /**
   * A connection over an open channel.
   *
   * @param tls the encryption over the channel, shaken hands
   * @param exchange the exchange that it is opened for
   */
  Connection(Endpoint endpoint, SocketChannel channel, Optional<SSLSocket> tls, Exchange exchange)
      throws IOException {
    super(LIMITS);
    this.endpoint = endpoint;
    this.channel = channel;
    this.exchange = exchange;
    bind(
        tls.isPresent()
            ? new WatchedSocket(tls.get(), channel.socket())
            : new WatchedSocket(channel.socket()));
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Begins another exchange over it; the counts begin anew. */
  void reuse(Exchange exchange) throws IOException {
    this.exchange = exchange;
    reused = true;
    received = 0;
    exchange.attach(channel);
  }

  /** Whether an earlier exchange ran over it. */
  boolean reused() {
    return reused;
  }

  /** How many bytes came in this exchange. */
  long received() {
    return received;
  }

  /** Whether the peer has ended its side, so that nothing more comes. */
  boolean ended() {
    return ended;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether the peer has kept it open and silent: bytes that nobody asked for spoil it too. */
  boolean usable() {
    probing = true;
    try {
      return !isDataAvailable(Timeout.ofMilliseconds(1)) && !ended;
    } catch (IOException broken) {
      return false;
    } finally {
      probing = false;
    }
  }

  /** Closes it at once. */
  void discard() {
    Exchange.closeQuietly(channel);
  }

  private int probe(byte[] target, int offset) throws IOException {
    channel.configureBlocking(false);
    int count;
    try {
      count = channel.read(ByteBuffer.wrap(target, offset, 1));
    } finally {
      channel.configureBlocking(true);
    }
    if (count == 0) {
      throw new NothingThere();
    }
    ended = count < 0;
    return count;
  }

  /** The end of a probe that found the connection silent. */
  private static final class NothingThere extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private final class WatchedSocket extends SocketHolder {
    WatchedSocket(Socket socket) {
      super(socket);
    }

    WatchedSocket(SSLSocket tls, Socket base) {
      super(tls, base);
    }

    @Override
    protected InputStream getInputStream(Socket socket) throws IOException {
      return new WatchedInput(socket.getInputStream());
    }

    @Override
    protected OutputStream getOutputStream(Socket socket) throws IOException {
      return new WatchedOutput(socket.getOutputStream());
    }
  }

  private final class WatchedInput extends InputStream {
    private final InputStream source;

    WatchedInput(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (probing) {
        return probe(target, offset);
      }
      exchange.waitForPeer(received > 0);
      int count = source.read(target, offset, length);
      exchange.waited();
      if (count < 0) {
        ended = true;
      } else {
        received += count;
      }
      return count;
    }
  }

  private final class WatchedOutput extends OutputStream {
    private final OutputStream target;

    WatchedOutput(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      exchange.sending();
      exchange.waitForPeer(false);
      target.write(bytes, offset, length);
      exchange.waited();
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }
}
