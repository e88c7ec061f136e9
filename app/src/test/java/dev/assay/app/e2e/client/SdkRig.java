package dev.assay.app.e2e.client;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.core.http.HttpResponse;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.assay.app.RunningAssay;
import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.testkit.upstream.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/**
 * The running program between OpenAI's official client, of which only the base URL is changed, and
 * a scripted server in OpenAI's place.
 */
final class SdkRig implements AutoCloseable {
  static final String CLIENT_KEY = "sk-the-key-of-the-client";
  static final String PROVIDER_KEY = "sk-the-key-at-the-provider";

  private static final String CONFIGURATION =
      """
      aliases:
        panel: openai/gpt-4o-mini
      retry:
        backoff: 1ms
        longest-backoff: 2ms
      timeouts:
        deadline: 60s
      """;

  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final RunningAssay program;
  private final Ledger ledger;
  private final OpenAIClient client;
  private final OpenAIClient direct;

  private SdkRig() {
    upstream.otherwise(this::reply);
    program =
        RunningAssay.start(
            Map.of("OPENAI_API_KEY", PROVIDER_KEY, "OPENAI_BASE_URL", upstream.uri() + "/v1"),
            CONFIGURATION);
    ledger = new Ledger(program.uri());
    client = client(program.uri()).build();
    direct = client(upstream.uri()).build();
  }

  static SdkRig start() {
    return new SdkRig();
  }

  // The program may ask at any time what models there are.
  private Reply reply(Received request) {
    if (request.path().equals("/v1/models")) {
      return Reply.json(200, Replies.MODELS);
    }
    Reply next = script.poll();
    return next == null ? Replies.error(418, "unscripted", "unscripted") : next;
  }

  /** OpenAI's client of a server, with its own defaults but for waits, which are left out. */
  static OpenAIOkHttpClient.Builder client(URI server) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(server + "/v1")
        .apiKey(CLIENT_KEY)
        .sleeper(new NoSleep());
  }

  /** OpenAI's client of the program. */
  OpenAIClient client() {
    return client;
  }

  /** OpenAI's client of the server in OpenAI's place. */
  OpenAIClient direct() {
    return direct;
  }

  /** Appends to what OpenAI replies to the chat requests to come. */
  SdkRig then(Reply... replies) {
    script.addAll(List.of(replies));
    return this;
  }

  /** The chat requests that OpenAI got so far, in order. */
  List<Received> asked() {
    return upstream.received().stream()
        .filter(request -> request.path().equals("/v1/chat/completions"))
        .toList();
  }

  /** The chat request that OpenAI got last. */
  Received lastAsked() {
    return asked().getLast();
  }

  /** The server in OpenAI's place. */
  ScriptedUpstream upstream() {
    return upstream;
  }

  /** What the program recorded. */
  Ledger ledger() {
    return ledger;
  }

  /** The program's address. */
  URI uri() {
    return program.uri();
  }

  /** What is recorded of the call behind a response. */
  JsonNode recorded(HttpResponse response) {
    return ledger.call(header(response, "x-assay-call-id"));
  }

  /** A header that a response has once. */
  static String header(HttpResponse response, String name) {
    if (response.headers().values(name).size() != 1) {
      throw new AssertionError(name + ": " + response.headers().values(name));
    }
    return response.headers().values(name).getFirst();
  }

  /** The bytes that OpenAI gets when the client asks it without the program in between. */
  Bytes sentDirectly(ChatCompletionCreateParams params) {
    then(Reply.json(200, Replies.completion("direct")));
    direct.chat().completions().create(params);
    return lastAsked().body();
  }

  @Override
  public void close() {
    client.close();
    direct.close();
    ledger.close();
    program.close();
    upstream.close();
  }

  /** Waits for nothing. */
  private static final class NoSleep implements Sleeper {
    @Override
    public void sleep(Duration duration) {}

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
