package dev.assay.web.http;

import dev.assay.core.bytes.Bytes;
import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.http.RequestException;
import io.helidon.http.media.ReadableEntity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads a request's body into one array. Used by one thread. */
final class BodyReader {
  // What the length header promises is not believed beyond this before it arrives.
  private static final int TRUSTED = 64 << 10;

  private final ReadableEntity entity;
  private final OptionalLong length;
  private final BodyCharge charge;
  private final int limit;
  private byte[] buffer;
  private int size;

  /**
   * A reader.
   *
   * @param length what the length header says; empty when the body comes in chunks
   * @param charge counts what arrives
   */
  BodyReader(ReadableEntity entity, OptionalLong length, BodyCharge charge, int limit) {
    this.entity = entity;
    this.length = length;
    this.charge = charge;
    this.limit = limit;
    this.buffer = new byte[(int) Math.min(length.orElse(TRUSTED), TRUSTED)];
  }

  Body read() {
    if (length.orElse(0) > limit) {
      return new Body.TooLarge();
    }
    try (InputStream in = entity.inputStream()) {
      fill(in);
      charge.settle(size);
      return new Body.Whole(
          Bytes.wrap(size == buffer.length ? buffer : Arrays.copyOf(buffer, size)));
    } catch (BodyCharge.StoppedException e) {
      return switch (e.reason()) {
        case TOO_LARGE -> new Body.TooLarge();
        case OVERLOADED -> new Body.Overloaded();
      };
    } catch (RequestException | IllegalArgumentException | IncorrectNewLineException e) {
      // What the server throws on chunks depends on what is wrong with them.
      return new Body.Malformed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(InputStream in) throws IOException {
    while (true) {
      if (size == buffer.length && !grow(in)) {
        return;
      }
      int read = in.read(buffer, size, buffer.length - size);
      if (read < 0) {
        return;
      }
      size += read;
    }
  }

  // The end must be read even when the array is full: only then does the server know that the next
  // byte belongs to another request.
  private boolean grow(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      return false;
    }
    if (size >= limit) {
      throw new BodyCharge.StoppedException(BodyCharge.Stop.TOO_LARGE);
    }
    long doubled = Math.max(2L * size, TRUSTED);
    buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, length.orElse(limit)));
    buffer[size++] = (byte) next;
    return true;
  }
}
