package dev.assay.wire.http;

import dev.assay.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A response whose head has arrived. For one thread at a time.
 *
 * <p>Closing it before the body's end closes the connection; at the end of the body the connection
 * is kept for the next request.
 */
public final class HttpResponse implements HttpResult, AutoCloseable {
  private static final int FIRST_BUFFER = 4 * 1024;

  private final ClassicHttpResponse head;
  private final Exchange exchange;
  private final Connection connection;
  private final ConnectionPool pool;
  private final boolean keep;
  private final boolean chunked;
  private final Body body;
  private boolean complete;
  private boolean over;
  private @Nullable HttpFailure failure;

  private HttpResponse(
      ClassicHttpResponse head,
      boolean keep,
      Exchange exchange,
      Connection connection,
      ConnectionPool pool)
      throws IOException {
    this.head = head;
    this.keep = keep;
    this.exchange = exchange;
    this.connection = connection;
    this.pool = pool;
    this.chunked = head.getEntity() != null && head.getEntity().isChunked();
    this.body =
        new Body(
            head.getEntity() == null
                ? InputStream.nullInputStream()
                : head.getEntity().getContent());
  }

  /** The response whose head has just been received. */
  static HttpResponse receive(
      ClassicHttpResponse head,
      boolean wholeSent,
      Exchange exchange,
      Connection connection,
      ConnectionPool pool)
      throws IOException, HttpException {
    if (head.getCode() != 204 && head.getCode() != 304) {
      connection.receiveResponseEntity(head);
    }
    boolean keep = wholeSent && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, head, null);
    return new HttpResponse(head, keep, exchange, connection, pool);
  }

  /** The status, 200 to 999. */
  public int status() {
    return head.getCode();
  }

  /** The first value of a header; the case of the name does not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(head.getFirstHeader(name)).map(Header::getValue);
  }

  /** All headers, names in lower case; of several values the first. */
  public Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    for (Header header : head.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return headers;
  }

  /**
   * The body, which gives bytes as they arrive. When a read throws, {@link #failure} says why.
   * Closing the stream closes the response.
   */
  public InputStream body() {
    return body;
  }

  /** Says that the first content has come: from now on the shorter idle timeout counts. */
  public void contentBegan() {
    exchange.contentBegan();
  }

  /** Why the body broke; empty while it has not. */
  public Optional<HttpFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Reads the body to its end, and closes the response.
   *
   * @param limit the largest body that is taken, in bytes; a larger one fails with {@code
   *     response_too_large}
   */
  public BodyRead readAll(int limit) {
    byte[] buffer = new byte[firstBuffer(limit)];
    int end = 0;
    try (this) {
      while (true) {
        if (end == buffer.length) {
          // The end of a body of known length shows without a larger buffer.
          int next = body.read();
          if (next < 0) {
            return new BodyRead.Whole(Bytes.wrap(buffer));
          }
          if (end == limit) {
            failure = FailureClassifier.tooLarge(exchange, connection.endpoint(), limit);
            return new BodyRead.Broken(failure, Bytes.wrap(buffer));
          }
          buffer = Arrays.copyOf(buffer, (int) Math.min(Math.max(2L * end, FIRST_BUFFER), limit));
          buffer[end++] = (byte) next;
        }
        int count = body.read(buffer, end, buffer.length - end);
        if (count < 0) {
          return new BodyRead.Whole(Bytes.wrap(Arrays.copyOf(buffer, end)));
        }
        end += count;
      }
    } catch (IOException broken) {
      HttpFailure why =
          failure == null ? FailureClassifier.lost(exchange, connection.endpoint()) : failure;
      return new BodyRead.Broken(why, Bytes.wrap(Arrays.copyOf(buffer, end)));
    }
  }

  private int firstBuffer(int limit) {
    long length = head.getEntity() == null ? 0 : head.getEntity().getContentLength();
    return (int) Math.min(length < 0 ? FIRST_BUFFER : length, limit);
  }

  /** Gives the connection back, or closes it when the body has not been read to its end. */
  @Override
  public void close() {
    if (!over) {
      over = true;
      exchange.end();
      connection.discard();
    }
  }

  private void bodyEnded() throws IOException {
    // The peer must not have closed before the chunk that ends the body was whole.
    if (chunked && connection.ended()) {
      throw new IOException("the body is cut off");
    }
    complete = true;
    over = true;
    if (exchange.end() && keep && !connection.ended()) {
      pool.give(connection);
    } else {
      connection.discard();
    }
  }

  private final class Body extends InputStream {
    private final InputStream content;

    Body(InputStream content) {
      this.content = content;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (complete) {
        return -1;
      }
      if (over) {
        throw new IOException("the response is closed");
      }
      try {
        int count = content.read(target, offset, length);
        if (count < 0) {
          bodyEnded();
        }
        return count;
      } catch (IOException broken) {
        failure = FailureClassifier.exchanging(exchange, connection, broken);
        HttpResponse.this.close();
        throw broken;
      }
    }

    @Override
    public void close() {
      HttpResponse.this.close();
    }
  }
}
