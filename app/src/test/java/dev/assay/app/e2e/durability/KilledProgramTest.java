package dev.assay.app.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.AssayProcess;
import dev.assay.app.RunningAssay;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.testkit.upstream.ScriptedUpstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Kills the real program again and again under many clients, and counts what they saw. */
class KilledProgramTest {
  private static final int CLIENTS = 64;
  private static final int ROUNDS = 6;
  private static final String KEY = "sk-test-0123456789abcdef";

  private final long seed = System.nanoTime();
  private final Witness witness = new Witness();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void every_answer_that_a_client_saw_is_in_the_ledger() throws Exception {
    System.out.println("KilledProgramTest seed " + seed);
    Random random = new Random(seed);
    try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(this::reply)) {
      Map<String, String> environment =
          Map.of("OPENAI_BASE_URL", upstream.uri() + "/v1", "OPENAI_API_KEY", KEY);
      RunningAssay assay = RunningAssay.start(environment);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          killUnderLoad(assay, 100 + random.nextInt(400));
          assertIntact(assay.command("ledger", "verify"));
          assay = assay.again();
        }
        assertAllThere(assay.uri());
        assertIntact(assay.command("ledger", "verify"));
      } finally {
        assay.close();
      }
    }
  }

  private void killUnderLoad(RunningAssay assay, int seen) throws InterruptedException {
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      clients.add(Thread.ofVirtual().start(() -> witness.ask(assay.uri(), number)));
    }
    witness.awaitSeen(seen);
    assay.kill();
    for (Thread client : clients) {
      client.join();
    }
  }

  private void assertIntact(AssayProcess.Ended verified) {
    assertThat(verified.exitCode())
        .as("seed %d: %s%s", seed, verified.out(), verified.err())
        .isZero();
  }

  private void assertAllThere(URI base) throws Exception {
    assertThat(witness.surprises()).as("seed %d", seed).isEmpty();
    assertStatus(base, witness.answers(), "success");
    assertStatus(base, witness.whole(), "success");
    assertStatus(base, witness.begun(), "success", "interrupted");
    System.out.printf(
        "KilledProgramTest: %d answers, %d streams begun, %d whole, all recorded%n",
        witness.answers().size(), witness.begun().size(), witness.whole().size());
  }

  private void assertStatus(URI base, Collection<UUID> calls, String... statuses) throws Exception {
    assertThat(calls).isNotEmpty();
    for (UUID call : calls) {
      HttpResponse<String> stored =
          http.send(
              HttpRequest.newBuilder(base.resolve("/api/calls/" + call)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(stored.statusCode()).as("seed %d: call %s is missing", seed, call).isEqualTo(200);
      assertThat(stored.body())
          .as("seed %d: call %s", seed, call)
          .containsPattern("\"status\":\\s*\"(" + String.join("|", statuses) + ")\"");
    }
  }

  private Reply reply(Received request) {
    return request.body().utf8().contains("\"stream\":true") ? stream() : answer();
  }

  private static Reply answer() {
    return Reply.json(
        200,
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-mini-2024-07-18\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}");
  }

  private static Reply stream() {
    List<String> events = new ArrayList<>();
    events.add(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    for (int word = 0; word < 8; word++) {
      events.add(event("{\"content\":\"w" + word + " \"}", "null"));
    }
    events.add(event("{}", "\"stop\""));
    events.add(
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":8,\"total_tokens\":13}}\n\n");
    events.add("data: [DONE]\n\n");
    // The pauses keep streams open for the kill to meet them; nothing waits for them.
    return Reply.events(events).before(3, new Happening.Pause(Duration.ofMillis(20)));
  }

  private static String event(String delta, String finish) {
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }
}
