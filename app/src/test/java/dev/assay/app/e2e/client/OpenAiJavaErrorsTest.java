package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's official client with its own retries, only its base URL changed: every failure. */
class OpenAiJavaErrorsTest {
  private static final int MOST_ATTEMPTS = 4;

  private static SdkRig rig;

  @BeforeAll
  static void start() {
    rig = SdkRig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static ChatCompletionCreateParams hello() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4o-mini")
        .addUserMessage("Hello")
        .build();
  }

  /** What the client throws when OpenAI replies so to every attempt. */
  private static <E extends OpenAIServiceException> E failure(
      Reply reply, int attempts, Class<E> type) {
    int before = rig.asked().size();
    for (int i = 0; i < attempts; i++) {
      rig.then(reply);
    }
    E thrown = catchThrowableOfType(type, () -> rig.client().chat().completions().create(hello()));
    assertThat(rig.asked()).hasSize(before + attempts);
    return thrown;
  }

  private static void askForAStream() {
    try (var stream = rig.client().chat().completions().createStreaming(hello())) {
      fail("a stream of " + stream.stream().count());
    }
  }

  private static JsonNode recorded(OpenAIServiceException thrown) {
    return rig.ledger().call(thrown.headers().values("x-assay-call-id").getFirst());
  }

  /** Status, the client's exception, attempts, the ledger's code. */
  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(400, BadRequestException.class, 1, "provider_rejected"),
        Arguments.of(401, UnauthorizedException.class, 1, "provider_authentication"),
        Arguments.of(403, PermissionDeniedException.class, 1, "provider_authentication"),
        Arguments.of(404, NotFoundException.class, 1, "provider_rejected"),
        Arguments.of(408, UnexpectedStatusCodeException.class, MOST_ATTEMPTS, "provider_error"),
        Arguments.of(409, UnexpectedStatusCodeException.class, 1, "provider_rejected"),
        Arguments.of(413, UnexpectedStatusCodeException.class, 1, "provider_rejected"),
        Arguments.of(422, UnprocessableEntityException.class, 1, "provider_rejected"),
        Arguments.of(429, RateLimitException.class, MOST_ATTEMPTS, "rate_limited"),
        Arguments.of(500, InternalServerException.class, MOST_ATTEMPTS, "provider_error"),
        Arguments.of(502, InternalServerException.class, MOST_ATTEMPTS, "provider_error"),
        Arguments.of(503, InternalServerException.class, MOST_ATTEMPTS, "provider_overloaded"),
        Arguments.of(504, InternalServerException.class, MOST_ATTEMPTS, "provider_error"),
        Arguments.of(529, InternalServerException.class, MOST_ATTEMPTS, "provider_overloaded"));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void everyStatusReachesTheClientInTheProvidersWords(
      int status, Class<? extends OpenAIServiceException> type, int attempts, String code) {
    OpenAIServiceException thrown =
        failure(Replies.error(status, "In its own words.", "its_code"), attempts, type);

    assertThat(thrown.statusCode()).isEqualTo(status);
    assertThat(thrown).hasMessageContaining("In its own words.");
    assertThat(thrown.code()).contains("its_code");
    assertThat(thrown.type()).contains("some_type");
    assertThat(thrown.param()).contains("some_param");
    assertThat(thrown.headers().values("x-should-retry")).containsExactly("false");
    assertThat(thrown.headers().values("x-assay-attempts"))
        .containsExactly(Integer.toString(attempts));
    JsonNode call = recorded(thrown);
    assertThat(call.path("status").asString()).isEqualTo("failed");
    assertThat(call.path("kind").asString()).isEqualTo("provider");
    assertThat(call.path("error_code").asString()).isEqualTo(code);
    assertThat(call.path("call_attempts").size()).isEqualTo(attempts);
    assertThat(call.at("/call_attempts/0/http_status").intValue()).isEqualTo(status);
    assertThat(call.path("error_json").toString()).contains("In its own words.");
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void everyStatusIsTheSameForAStream(
      int status, Class<? extends OpenAIServiceException> type, int attempts, String code) {
    for (int i = 0; i < attempts; i++) {
      rig.then(Replies.error(status, "In its own words.", "its_code"));
    }

    OpenAIServiceException thrown = catchThrowableOfType(type, OpenAiJavaErrorsTest::askForAStream);

    assertThat(thrown.statusCode()).isEqualTo(status);
    assertThat(thrown).hasMessageContaining("In its own words.");
    assertThat(recorded(thrown).path("error_code").asString()).isEqualTo(code);
  }

  @Test
  void aConflictIsAskedAgainOnlyWhenItIsALock() {
    UnexpectedStatusCodeException thrown =
        failure(
            Replies.error(409, "Could not acquire the lock.", "lock_timeout"),
            MOST_ATTEMPTS,
            UnexpectedStatusCodeException.class);

    assertThat(recorded(thrown).path("error_code").asString()).isEqualTo("provider_error");
  }

  @Test
  void aModelThatTheProviderDoesNotKnowIsNamedSo() {
    NotFoundException thrown =
        failure(
            Replies.error(404, "The model `x` does not exist.", "model_not_found"),
            1,
            NotFoundException.class);

    assertThat(recorded(thrown).path("error_code").asString())
        .isEqualTo("provider_model_not_found");
  }

  @Nested
  class AProviderThatAsksForAPause {
    @Test
    void beyondTheDeadlineIsNotAskedAgain() {
      RateLimitException thrown =
          failure(
              Replies.error(429, "Slow down.", "rate_limit_exceeded").header("retry-after", "600"),
              1,
              RateLimitException.class);

      assertThat(thrown.headers().values("retry-after")).containsExactly("600");
      assertThat(recorded(thrown).path("error_code").asString()).isEqualTo("rate_limited");
    }

    @Test
    void forAMomentIsAskedAgain() {
      rig.then(
          Replies.error(429, "Slow down.", "rate_limit_exceeded").header("retry-after-ms", "1"),
          Reply.json(200, Replies.completion("Hi")));

      try (var response = rig.client().chat().completions().withRawResponse().create(hello())) {
        assertThat(response.parse().choices()).hasSize(1);
        assertThat(SdkRig.header(response, "x-assay-attempts")).isEqualTo("2");
        JsonNode attempts = rig.recorded(response).path("call_attempts");
        assertThat(attempts.at("/0/error_code").asString()).isEqualTo("rate_limited");
        assertThat(attempts.at("/1/retry_reason").asString()).isEqualTo("rate_limited");
        assertThat(attempts.at("/1/delay_ms").doubleValue()).isGreaterThanOrEqualTo(1);
      }
    }

    @Test
    void becauseTheCreditIsUsedUpIsNotAskedAgain() {
      RateLimitException thrown =
          failure(
              Replies.error(429, "No credit.", "insufficient_quota"), 1, RateLimitException.class);

      assertThat(recorded(thrown).path("error_code").asString()).isEqualTo("provider_quota");
    }
  }

  @Nested
  class SomethingThatIsNoAnswerOfTheApi {
    @Test
    void isAnErrorInTheApisShape() {
      InternalServerException thrown =
          failure(
              Reply.of(200, "text/html", Bytes.utf8("<html>Welcome to the hotel</html>")),
              1,
              InternalServerException.class);

      assertThat(thrown.statusCode()).isEqualTo(502);
      assertThat(thrown.code()).contains("malformed_response");
      assertThat(thrown.type()).contains("server_error");
      assertThat(recorded(thrown).path("error_code").asString()).isEqualTo("malformed_response");
    }

    @Test
    void withAnErrorsStatusIsAnErrorInTheApisShape() {
      InternalServerException thrown =
          failure(
              Reply.of(502, "text/html", Bytes.utf8("<h1>Bad gateway</h1>")),
              MOST_ATTEMPTS,
              InternalServerException.class);

      assertThat(thrown.code()).contains("provider_error");
      assertThat(thrown.type()).contains("server_error");
    }
  }

  @Test
  void anErrorThatQuotesTheProvidersKeyDoesNotLeakIt() {
    UnauthorizedException thrown =
        failure(
            Replies.error(
                401, "Incorrect API key provided: " + SdkRig.PROVIDER_KEY + ".", "invalid_api_key"),
            1,
            UnauthorizedException.class);

    assertThat(thrown)
        .hasMessageContaining("Incorrect API key provided")
        .message()
        .doesNotContain(SdkRig.PROVIDER_KEY);
    assertThat(thrown.body().toString()).doesNotContain(SdkRig.PROVIDER_KEY);
    assertThat(recorded(thrown).toString()).doesNotContain(SdkRig.PROVIDER_KEY);
  }
}
