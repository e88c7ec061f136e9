package dev.assay.providers.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.wire.openai.ChatErrorReader;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorVerdictTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // OpenAI
        "429 | {\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}"
            + " | PROVIDER_QUOTA | never",
        "429 | {\"error\":{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}"
            + " | RATE_LIMITED | soon",
        "404 | {\"error\":{\"message\":\"no\",\"code\":\"model_not_found\"}}"
            + " | PROVIDER_MODEL_NOT_FOUND | never",
        "400 | {\"error\":{\"message\":\"no\",\"code\":\"model_not_found\"}}"
            + " | PROVIDER_MODEL_NOT_FOUND | never",
        "400 | {\"error\":{\"message\":\"the word overloaded is not allowed\"}}"
            + " | PROVIDER_REJECTED | never",
        "400 | {\"error\":{\"message\":\"long\",\"code\":\"context_length_exceeded\"}}"
            + " | PROVIDER_REJECTED | never",
        "500 | {\"error\":{\"message\":\"The server is overloaded\"}}"
            + " | PROVIDER_OVERLOADED | soon",
        "520 | {\"error\":{\"message\":\"That model is currently overloaded\"}}"
            + " | PROVIDER_OVERLOADED | soon",
        "520 | <html></html> | PROVIDER_ERROR | never",
        // Ollama, LM Studio, vLLM
        "404 | {\"error\":\"model 'x' not found, try pulling it first\"}"
            + " | PROVIDER_MODEL_NOT_FOUND | never",
        "404 | {\"message\":\"The model `x` does not exist.\",\"code\":404}"
            + " | PROVIDER_MODEL_NOT_FOUND | never",
        "404 | {\"detail\":\"Not Found\"} | PROVIDER_REJECTED | never",
        // DeepSeek, Anthropic's compatible door
        "402 | {\"error\":{\"message\":\"Insufficient Balance\"}} | PROVIDER_QUOTA | never",
        "529 | {\"error\":{\"type\":\"overloaded_error\"}} | PROVIDER_OVERLOADED | soon",
        "409 | {\"error\":{\"message\":\"could not acquire lock\"}} | PROVIDER_ERROR | soon",
        "409 | {\"error\":{\"code\":\"lock_timeout\"}} | PROVIDER_ERROR | soon",
        "409 | {\"error\":{\"message\":\"blocked by policy\"}} | PROVIDER_REJECTED | never",
        // Inside a success
        "200 | {\"error\":{\"message\":\"x\",\"code\":502}} | PROVIDER_ERROR | soon",
        "200 | {\"error\":{\"message\":\"x\",\"code\":\"429\"}} | RATE_LIMITED | soon",
        "200 | {\"error\":{\"message\":\"x\",\"type\":\"rate_limit_error\"}}"
            + " | RATE_LIMITED | soon",
        "200 | {\"error\":{\"message\":\"x\",\"type\":\"server_error\"}} | PROVIDER_ERROR | soon",
        "200 | {\"error\":{\"message\":\"x\",\"type\":\"invalid_request_error\"}}"
            + " | PROVIDER_REJECTED | never",
        "200 | {\"error\":{\"message\":\"x\",\"type\":\"authentication_error\"}}"
            + " | PROVIDER_AUTHENTICATION | never",
        "200 | {\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}"
            + " | PROVIDER_QUOTA | never",
        "200 | {\"error\":{\"message\":\"overloaded\"}} | PROVIDER_OVERLOADED | soon",
        "200 | {\"error\":\"something\"} | PROVIDER_ERROR | soon",
      })
  void readsTheWordsOfManyServers(int status, String body, ErrorCode code, String retry) {
    ErrorVerdict verdict =
        ErrorVerdict.of(status, Map.of(), ChatErrorReader.read(Bytes.utf8(body)), Instant.EPOCH);
    assertThat(verdict.code()).isEqualTo(code);
    assertThat(verdict.retry())
        .isEqualTo(retry.equals("never") ? RetryDecision.never() : RetryDecision.soon());
  }
}
