package dev.assay.app.e2e.durability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Clients that ask without pause, every second one for a stream, and remember what they saw until
 * the program is gone.
 */
final class Witness {
  private final Queue<UUID> answers = new ConcurrentLinkedQueue<>();
  private final Queue<UUID> begun = new ConcurrentLinkedQueue<>();
  private final Queue<UUID> whole = new ConcurrentLinkedQueue<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final Semaphore seen = new Semaphore(0);

  /** The calls whose answer arrived in one piece. */
  Queue<UUID> answers() {
    return answers;
  }

  /** The calls whose stream showed content. */
  Queue<UUID> begun() {
    return begun;
  }

  /** The calls whose stream arrived with its end mark. */
  Queue<UUID> whole() {
    return whole;
  }

  /** Answers that should not have been. */
  Queue<String> surprises() {
    return surprises;
  }

  /** Waits until this many more answers and streams were seen. */
  void awaitSeen(int count) throws InterruptedException {
    seen.acquire(count);
  }

  /** Asks until the program is gone. */
  void ask(URI base, int client) {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int question = 0; ; question++) {
        boolean stream = (client + question) % 2 == 0;
        HttpRequest request =
            HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(stream, client, question)))
                .build();
        if (stream) {
          stream(http, request);
        } else {
          answer(http, request);
        }
      }
    } catch (IOException gone) {
      // The program was killed, which is what the test is about.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String body(boolean stream, int client, int question) {
    return "{\"model\":\"gpt-4o-mini\",\"stream\":"
        + stream
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"client "
        + client
        + " asks "
        + question
        + "\"}]}";
  }

  private void answer(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() == 200) {
      answers.add(callId(response));
      seen.release();
    } else {
      surprises.add(response.statusCode() + " " + response.body());
    }
  }

  private void stream(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<java.io.InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (response.statusCode() != 200) {
        surprises.add(response.statusCode() + " " + lines.readLine());
        return;
      }
      UUID id = callId(response);
      boolean content = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!content && line.contains("\"content\":\"w")) {
          content = true;
          begun.add(id);
        } else if (line.startsWith("data: [DONE]")) {
          whole.add(id);
          seen.release();
        }
      }
    }
  }

  private static UUID callId(HttpResponse<?> response) {
    return UUID.fromString(response.headers().firstValue("x-assay-call-id").orElseThrow());
  }
}
