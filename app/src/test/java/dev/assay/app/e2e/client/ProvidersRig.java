package dev.assay.app.e2e.client;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import dev.assay.app.RunningAssay;
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
import java.util.function.Function;

/**
 * The running program between the official clients, of which only the base URL is changed, and a
 * scripted server that plays all providers. For one thread.
 */
final class ProvidersRig implements AutoCloseable {
  private static final Map<String, String> KEYS =
      Map.of(
          "OPENAI_API_KEY", "sk-clients-0123456789",
          "RESPONDER_API_KEY", "sk-responder-0123456789",
          "ANTHROPIC_API_KEY", "sk-ant-clients-0123456789",
          "GEMINI_API_KEY", "gm-clients-0123456789",
          "AZURE_OPENAI_API_KEY", "az-clients-0123456789");

  private final Queue<Function<Received, Reply>> script = new ConcurrentLinkedQueue<>();
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final RunningAssay program;
  private final OpenAIClient openai;
  private final AnthropicClient anthropic;

  private ProvidersRig() {
    upstream.otherwise(request -> {
      Function<Received, Reply> next = request.method().equals("POST") ? script.poll() : null;
      return next == null ? Reply.json(404, "{}") : next.apply(request);
    });
    program = RunningAssay.start(KEYS, configuration(upstream.uri()));
    openai = SdkRig.client(program.uri()).build();
    anthropic =
        AnthropicOkHttpClient.builder()
            .baseUrl(program.uri().toString())
            .apiKey(SdkRig.CLIENT_KEY)
            .sleeper(new NoSleep())
            .build();
  }

  static ProvidersRig start() {
    return new ProvidersRig();
  }

  private static String configuration(URI at) {
    return """
    local-servers: false
    retry: {backoff: 1ms, longest-backoff: 2ms}
    timeouts: {deadline: 60s}
    providers:
      openai: {base-url: %1$s/v1, key: "${OPENAI_API_KEY}"}
      responder: {base-url: %1$s/responder/v1, key: "${RESPONDER_API_KEY}", api: responses}
      azure: {base-url: %1$s, key: "${AZURE_OPENAI_API_KEY}", api: chat, models: [m]}
      anthropic: {base-url: %1$s, key: "${ANTHROPIC_API_KEY}"}
      gemini: {base-url: %1$s/v1beta, key: "${GEMINI_API_KEY}"}
    """
        .formatted(at);
  }

  /** OpenAI's client of the program. */
  OpenAIClient openai() {
    return openai;
  }

  /** Anthropic's client of the program. */
  AnthropicClient anthropic() {
    return anthropic;
  }

  /** Appends to what the providers reply to the requests to come. */
  void then(Function<Received, Reply> reply) {
    script.add(reply);
  }

  /** Appends to what the providers reply to the requests to come. */
  void then(Reply reply) {
    script.add(request -> reply);
  }

  /** The requests that the providers got so far, in order, without those for their models. */
  List<Received> asked() {
    return upstream.received().stream().filter(got -> got.method().equals("POST")).toList();
  }

  /** The body that a provider got last. */
  String lastBody() {
    return asked().getLast().body().utf8();
  }

  /** Forgets the replies that nobody asked for. */
  void forget() {
    script.clear();
  }

  @Override
  public void close() {
    openai.close();
    anthropic.close();
    program.close();
    upstream.close();
  }

  /** Waits for nothing. */
  private static final class NoSleep implements com.anthropic.core.Sleeper {
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
