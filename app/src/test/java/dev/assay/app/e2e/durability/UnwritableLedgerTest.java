package dev.assay.app.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.app.RunningAssay;
import dev.assay.testkit.upstream.Reply;
import dev.assay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients see when the disk is full or the ledger is read-only, and what is there afterwards.
 */
class UnwritableLedgerTest {
  private static final String ANSWER =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-mini-2024-07-18\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}";
  private static final int MOST_CALLS = 2_000;

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<UUID> answered = new ArrayList<>();

  @Nested
  class With_a_full_disk {
    @Test
    void calls_are_refused_before_upstream_and_no_answer_is_missing_when_there_is_room_again()
        throws Exception {
      Path home = Files.createDirectory(folder.resolve("home"));
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=48m,mode=0700", "assay-test", home.toString()),
          "needs the right to mount a small file system: run as root");
      try (ScriptedUpstream upstream = upstream()) {
        RunningAssay assay = RunningAssay.start(home, environment(upstream));
        try {
          HttpResponse<String> refused = askUntilRefused(assay.uri());
          assertRefused(refused, upstream);
          assertThat(run("mount", "-o", "remount,size=256m", home.toString())).isTrue();
          awaitReady(assay.uri());
          assertAllThere(assay);
        } finally {
          assay.kill();
        }
      } finally {
        run("umount", "-l", home.toString());
      }
    }
  }

  @Nested
  class With_a_ledger_made_read_only {
    @Test
    void calls_are_refused_before_upstream_and_no_answer_is_missing_when_it_is_writable_again()
        throws Exception {
      Path home = Files.createDirectory(folder.resolve("home"));
      Path database = home.resolve("assay.db");
      Path log = home.resolve("assay.db-wal");
      try (ScriptedUpstream upstream = upstream()) {
        RunningAssay assay = RunningAssay.start(home, environment(upstream));
        try {
          assertThat(ask(assay.uri()).statusCode()).isEqualTo(200);
          assumeTrue(
              run("chattr", "+i", database.toString(), log.toString()),
              "needs a file system whose files can be made immutable: run as root on ext4");
          HttpResponse<String> refused = askUntilRefused(assay.uri());
          assertRefused(refused, upstream);
          assertThat(run("chattr", "-i", database.toString(), log.toString())).isTrue();
          awaitReady(assay.uri());
          assertAllThere(assay);
        } finally {
          assay.kill();
          run("chattr", "-i", database.toString(), log.toString());
        }
      }
    }
  }

  private static ScriptedUpstream upstream() {
    return ScriptedUpstream.start().otherwise(Reply.json(200, ANSWER));
  }

  private static Map<String, String> environment(ScriptedUpstream upstream) {
    return Map.of(
        "OPENAI_BASE_URL", upstream.uri() + "/v1", "OPENAI_API_KEY", "sk-test-0123456789abcdef");
  }

  private HttpResponse<String> askUntilRefused(URI base) throws Exception {
    for (int call = 0; call < MOST_CALLS; call++) {
      HttpResponse<String> response = ask(base);
      if (response.statusCode() != 200) {
        return response;
      }
    }
    throw new AssertionError("never refused in " + MOST_CALLS + " calls");
  }

  private HttpResponse<String> ask(URI base) throws IOException, InterruptedException {
    String body =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + "a long prompt ".repeat(8_000)
            + "\"}]}";
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() == 200) {
      answered.add(UUID.fromString(response.headers().firstValue("x-assay-call-id").orElseThrow()));
    }
    return response;
  }

  private void assertRefused(HttpResponse<String> refused, ScriptedUpstream upstream)
      throws Exception {
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("ledger_unavailable");
    int paid = upstream.requests();
    HttpResponse<String> next = ask(refused.uri().resolve("/"));
    assertThat(next.statusCode()).isEqualTo(503);
    assertThat(upstream.requests()).as("nothing is sent while it refuses").isEqualTo(paid);
    assertThat(paid - answered.size()).as("answers that were paid for and lost").isZero();
  }

  private void awaitReady(URI base) throws Exception {
    for (int look = 0; look < 600; look++) {
      HttpResponse<String> ready = get(base, "/health/ready");
      if (ready.statusCode() == 200) {
        return;
      }
      LockSupport.parkNanos(50_000_000);
    }
    throw new AssertionError("did not get ready again");
  }

  private void assertAllThere(RunningAssay assay) throws Exception {
    assertThat(ask(assay.uri()).statusCode()).isEqualTo(200);
    for (UUID call : answered) {
      assertThat(get(assay.uri(), "/api/calls/" + call).statusCode())
          .as("call %s", call)
          .isEqualTo(200);
    }
    assertThat(assay.command("ledger", "verify").exitCode()).isZero();
  }

  private HttpResponse<String> get(URI base, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
