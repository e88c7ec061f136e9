package dev.assay.app.e2e.matrix;

import dev.assay.app.RunningAssay;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.testkit.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The program between a client and one server that plays all providers. For one thread. */
final class MatrixRig implements AutoCloseable {
  private static final Map<String, String> KEYS =
      Map.of(
          "OPENAI_API_KEY", "sk-matrix-0123456789",
          "RESPONDER_API_KEY", "sk-responder-0123456789",
          "ANTHROPIC_API_KEY", "sk-ant-matrix-0123456789",
          "GEMINI_API_KEY", "gm-matrix-0123456789",
          "AZURE_OPENAI_API_KEY", "az-matrix-0123456789");

  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RunningAssay program;

  MatrixRig() {
    upstream.otherwise(request -> {
      Reply next = request.method().equals("POST") ? script.poll() : null;
      return next == null ? Reply.json(404, "{}") : next;
    });
    program = RunningAssay.start(KEYS, configuration(upstream.uri()));
  }

  private static String configuration(URI at) {
    return """
    local-servers: false
    retry: {attempts: 1}
    providers:
      openai: {base-url: %1$s/v1, api: chat, key: "${OPENAI_API_KEY}"}
      responder: {base-url: %1$s/responder/v1, key: "${RESPONDER_API_KEY}", api: responses}
      azure: {base-url: %1$s, key: "${AZURE_OPENAI_API_KEY}", api: chat, models: [m]}
      anthropic: {base-url: %1$s, key: "${ANTHROPIC_API_KEY}"}
      gemini: {base-url: %1$s/v1beta, key: "${GEMINI_API_KEY}"}
    """
        .formatted(at);
  }

  /**
   * What a client got.
   *
   * @param cut whether the body broke off
   */
  record Response(int status, HttpHeaders headers, String body, boolean cut) {}

  /** What a client got, and what the provider had got for it. */
  record Exchanged(Response response, Received sent) {}

  /** Asks by a door; the provider answers with a reply. */
  Exchanged exchange(DoorUnderTest door, String body, Reply reply) {
    script.add(reply);
    Response response = ask(door, body);
    if (script.poll() != null) {
      throw new AssertionError("nothing was sent: " + response.body());
    }
    return new Exchanged(response, upstream.last());
  }

  /** Asks by a door when nothing may be sent. */
  Response refused(DoorUnderTest door, String body) {
    long before = posts();
    Response response = ask(door, body);
    if (posts() != before) {
      throw new AssertionError("it was sent: " + upstream.last().text());
    }
    return response;
  }

  private long posts() {
    return upstream.received().stream().filter(got -> got.method().equals("POST")).count();
  }

  private Response ask(DoorUnderTest door, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(program.uri().resolve(door.path()))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    door.headers().forEach(request::header);
    return new Reading().send(request.build());
  }

  /**
   * Reads a response, also one that is cut: a stream that failed is, so that no client takes it for
   * whole. What came before the cut is kept, which the JDK's streams do not promise.
   */
  private final class Reading {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpResponse.@Nullable ResponseInfo head;

    Response send(HttpRequest request) {
      boolean cut = false;
      try {
        http.send(
            request,
            info -> {
              head = info;
              return HttpResponse.BodySubscribers.ofByteArrayConsumer(
                  piece -> piece.ifPresent(body::writeBytes));
            });
      } catch (IOException broken) {
        cut = true;
        if (head == null) {
          throw new UncheckedIOException(broken);
        }
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupt);
      }
      HttpResponse.ResponseInfo known = Objects.requireNonNull(head);
      return new Response(
          known.statusCode(), known.headers(), body.toString(StandardCharsets.UTF_8), cut);
    }
  }

  @Override
  public void close() {
    http.close();
    program.close();
    upstream.close();
  }
}
