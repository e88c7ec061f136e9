package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.openai.client.OpenAIClient;
import com.openai.core.Sleeper;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.assay.app.RunningAssay;
import dev.assay.testkit.upstream.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Total outage under many clients that retry by default: the program alone decides how often
 * providers are asked.
 */
class RetryStormTest {
  private static final int CALLS = 40;
  private static final int CLIENTS = 8;
  private static final int MOST_ATTEMPTS = 6;
  private static final int MOST_ON_ONE_MODEL = 4;

  private static ScriptedUpstream down;
  private static ScriptedUpstream limited;
  private static RunningAssay program;
  private static Ledger ledger;

  private final Waits waits = new Waits();
  private OpenAIClient client;
  private int downBefore;
  private int limitedBefore;

  @BeforeAll
  static void start() {
    down = ScriptedUpstream.start().otherwise(Replies.error(503, "Down.", "down"));
    limited = ScriptedUpstream.start().otherwise(Replies.error(429, "Slow down.", "limited"));
    program =
        RunningAssay.start(
            Map.of(),
            """
            providers:
              refusing:
                base-url: %s/v1
                models: [m]
              down:
                base-url: %s/v1
                models: [m, guarded]
              limited:
                base-url: %s/v1
                models: [m]
            fallbacks:
              down/guarded: [limited/m]
            retry:
              backoff: 1ms
              longest-backoff: 2ms
            """
                .formatted(ScriptedUpstream.refusing(), down.uri(), limited.uri()));
    ledger = new Ledger(program.uri());
  }

  @AfterAll
  static void stop() {
    ledger.close();
    program.close();
    down.close();
    limited.close();
  }

  @BeforeEach
  void open() {
    client = SdkRig.client(program.uri()).sleeper(waits).build();
    downBefore = down.requests();
    limitedBefore = limited.requests();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /** What all the clients get who ask at once. */
  private List<OpenAIServiceException> storm(String model, boolean stream, String group) {
    ConcurrentLinkedQueue<OpenAIServiceException> failures = new ConcurrentLinkedQueue<>();
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model(model)
            .addUserMessage("Hello")
            .putAdditionalHeader("x-assay-group", group)
            .build();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      IntStream.range(0, CALLS)
          .forEach(call ->
              clients.execute(() -> {
                try {
                  ask(params, stream);
                } catch (OpenAIServiceException failure) {
                  failures.add(failure);
                }
              }));
    }
    return List.copyOf(failures);
  }

  private void ask(ChatCompletionCreateParams params, boolean stream) {
    if (stream) {
      try (var answer = client.chat().completions().createStreaming(params)) {
        fail("a stream of " + answer.stream().count());
      }
    } else {
      client.chat().completions().create(params);
    }
  }

  private void assertHeld(
      List<OpenAIServiceException> failures,
      Class<? extends OpenAIServiceException> type,
      int attempts,
      String group) {
    assertThat(failures).hasSize(CALLS).hasOnlyElementsOfType(type);
    assertThat(failures)
        .allSatisfy(failure ->
            assertThat(failure.headers().values("x-should-retry")).containsExactly("false"));
    assertThat(waits.count()).as("retries of the client").isZero();
    List<JsonNode> calls = ledger.group(group);
    assertThat(calls).as("requests that the client sent").hasSize(CALLS);
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.path("attempts").intValue()).isEqualTo(attempts));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProviderThatRefusesConnectionsIsTriedFourTimesACall(boolean stream) {
    String group = "refusing " + stream;

    assertHeld(
        storm("refusing/m", stream, group),
        InternalServerException.class,
        MOST_ON_ONE_MODEL,
        group);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProviderThatIsDownIsAskedFourTimesACall(boolean stream) {
    String group = "down " + stream;

    assertHeld(
        storm("down/m", stream, group), InternalServerException.class, MOST_ON_ONE_MODEL, group);
    assertThat(down.requests() - downBefore).isEqualTo(CALLS * MOST_ON_ONE_MODEL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProviderThatLimitsIsAskedFourTimesACall(boolean stream) {
    String group = "limited " + stream;

    assertHeld(
        storm("limited/m", stream, group), RateLimitException.class, MOST_ON_ONE_MODEL, group);
    assertThat(limited.requests() - limitedBefore).isEqualTo(CALLS * MOST_ON_ONE_MODEL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFallbackSharesTheAttemptsOfTheCall(boolean stream) {
    String group = "fallback " + stream;

    assertHeld(
        storm("down/guarded", stream, group), RateLimitException.class, MOST_ATTEMPTS, group);
    assertThat(down.requests() - downBefore).isEqualTo(CALLS * MOST_ON_ONE_MODEL);
    assertThat(limited.requests() - limitedBefore)
        .isEqualTo(CALLS * (MOST_ATTEMPTS - MOST_ON_ONE_MODEL));
  }

  @Test
  void withoutTheProgramTheSameClientAsksThreeTimes() {
    try (ScriptedUpstream alone =
        ScriptedUpstream.start().otherwise(Replies.error(503, "Down.", "down"))) {
      OpenAIClient direct = SdkRig.client(alone.uri()).sleeper(waits).build();
      assertThatThrownBy(() -> direct.models().list()).isInstanceOf(InternalServerException.class);
      direct.close();
      assertThat(alone.requests()).isEqualTo(3);
      assertThat(waits.count()).isEqualTo(2);
    }
  }

  /** Counts how often the client waits before it asks again. */
  private static final class Waits implements Sleeper {
    private final AtomicInteger count = new AtomicInteger();

    int count() {
      return count.get();
    }

    @Override
    public void sleep(Duration duration) {
      count.incrementAndGet();
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      count.incrementAndGet();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
