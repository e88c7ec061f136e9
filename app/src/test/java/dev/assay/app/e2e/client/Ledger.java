package dev.assay.app.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger of a running program, as its API shows it. */
final class Ledger implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI program;
  private final HttpClient http = HttpClient.newHttpClient();

  Ledger(URI program) {
    this.program = program;
  }

  /** A recorded call, whole. */
  JsonNode call(String id) {
    return read("/api/calls/" + id);
  }

  /** The recorded calls of a group, newest first. */
  List<JsonNode> group(String name) {
    return read("/api/calls?group=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
        .path("calls")
        .valueStream()
        .toList();
  }

  /** The newest recorded call, whole. */
  JsonNode newest() {
    return call(read("/api/calls?limit=1").at("/calls/0/id").asString());
  }

  /** The only call of a group, once it is recorded as expected; for clients that did not wait. */
  JsonNode awaited(String group, Predicate<JsonNode> expected) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      List<JsonNode> calls = group(group);
      if (calls.size() == 1 && expected.test(calls.getFirst())) {
        return call(calls.getFirst().path("id").asString());
      }
    }
    throw new AssertionError("not recorded as expected: " + group(group));
  }

  private JsonNode read(String target) {
    HttpRequest request = HttpRequest.newBuilder(program.resolve(target)).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(target + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while reading the ledger", interrupt);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
