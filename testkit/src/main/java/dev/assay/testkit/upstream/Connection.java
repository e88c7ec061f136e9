package dev.assay.testkit.upstream;

import dev.assay.core.bytes.Bytes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's connection: reads requests and plays the replies to them. */
final class Connection {
  private final ScriptedUpstream upstream;
  private final Socket socket;
  private final BufferedInputStream input;
  private final OutputStream output;

  Connection(ScriptedUpstream upstream, Socket socket) throws IOException {
    this.upstream = upstream;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.input = new BufferedInputStream(socket.getInputStream());
    this.output = socket.getOutputStream();
  }

  void serve() {
    try (socket) {
      RequestParser requests = new RequestParser(input);
      boolean open = true;
      while (open) {
        Optional<Received> request = requests.next();
        open = request.isPresent() && play(upstream.replyTo(request.get()));
      }
    } catch (IOException left) {
      // The client is gone in the middle of something, which tests provoke.
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      upstream.ended(this);
    }
  }

  /** Ends it at once. */
  void close() {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // Closed is closed.
    }
  }

  /** Sends a reply; whether the connection stays open. */
  private boolean play(Reply reply) throws IOException, InterruptedException {
    boolean left = true;
    try {
      boolean open = send(reply);
      left = false;
      return open;
    } finally {
      upstream.played(left);
    }
  }

  private boolean send(Reply reply) throws IOException, InterruptedException {
    Bytes bytes = reply.bytes();
    int sent = 0;
    for (Map.Entry<Integer, List<Happening>> place : reply.happenings().entrySet()) {
      send(bytes.slice(sent, place.getKey()));
      sent = place.getKey();
      for (Happening happening : place.getValue()) {
        if (!happen(happening)) {
          return false;
        }
      }
    }
    send(bytes.slice(sent, bytes.length()));
    return !reply.closes();
  }

  private void send(Bytes bytes) throws IOException {
    bytes.writeTo(output);
    output.flush();
  }

  /** Whether the reply goes on afterwards. */
  private boolean happen(Happening happening) throws IOException, InterruptedException {
    switch (happening) {
      case Happening.Split() -> {}
      case Happening.Pause(var duration) -> Thread.sleep(duration);
      case Happening.Hold(var gate) -> gate.pass();
      case Happening.Stall() -> awaitDeparture();
      case Happening.Close() -> {
        return false;
      }
      case Happening.Reset() -> {
        socket.setSoLinger(true, 0);
        return false;
      }
    }
    return true;
  }

  private void awaitDeparture() throws IOException {
    byte[] ignored = new byte[1_024];
    while (input.read(ignored) >= 0) {
      // A client that sends more has not left.
    }
    throw new EOFException("the client left");
  }
}
