package dev.assay.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.secret.Secrets;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.openai.ApiChoice;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.http.HttpTimeouts;
import dev.assay.wire.openai.ChatDoorFormat;
import dev.assay.wire.responses.ResponsesDoorFormat;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureProviderTest {
  private static final AzureDialect DIALECT = AzureDialect.INSTANCE;
  private static final Reply OK = Reply.json(200, DIALECT.answer("Hi."));
  private static final Reply NO_LIST =
      Reply.json(404, "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
  private static final Reply MISSING =
      Reply.json(
          404,
          "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":"
              + "\"The API deployment for this resource does not exist.\"}}");
  private static final Reply NO_MESSAGES =
      Reply.json(
          400,
          "{\"error\":{\"message\":\"[] is too short - 'messages'\","
              + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");

  private final ProviderRig rig = new ProviderRig(DIALECT);

  @AfterEach
  void close() {
    rig.close();
  }

  private AzureProvider at(String path, String version, String... deployments) {
    Account account =
        new Account(
            "azure",
            URI.create(rig.upstream().uri() + path),
            Optional.of(ProviderRig.KEY),
            Map.of("x-team", "t"),
            HttpTimeouts.STREAM,
            1_000_000,
            "AZURE_OPENAI_API_KEY",
            Set.of(deployments));
    return new AzureProvider(
        new AzureSettings(account, version, ApiChoice.AUTO),
        rig.http(),
        Secrets.NONE,
        rig.clock(),
        rig.tasks());
  }

  private AzureProvider provider(String... deployments) {
    return at("", AzureSettings.API_VERSION, deployments);
  }

  private static ChatRequest chat(String query) {
    RequestRead read =
        ChatDoorFormat.FORMAT.read(
            Bytes.utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
            Map.of(),
            Optional.of(query));
    return ((RequestRead.Valid) read).request();
  }

  private static ChatRequest responses() {
    RequestRead read =
        ResponsesDoorFormat.FORMAT.read(
            Bytes.utf8("{\"model\":\"m\",\"input\":\"hi\"}"), Map.of(), Optional.empty());
    return ((RequestRead.Valid) read).request();
  }

  @Nested
  class Asking {
    @ParameterizedTest
    @CsvSource({
      "'',2024-10-21,/openai/deployments/m/chat/completions?api-version=2024-10-21",
      "/,2024-10-21,/openai/deployments/m/chat/completions?api-version=2024-10-21",
      "/openai/v1/,2024-10-21,/openai/deployments/m/chat/completions?api-version=2024-10-21",
      "/proxy/openai,2024-10-21,/proxy/openai/deployments/m/chat/completions"
          + "?api-version=2024-10-21",
      "'',v1,/openai/v1/chat/completions",
      "'',preview,/openai/v1/chat/completions?api-version=preview",
    })
    void aDeploymentStandsInThePathOfADatedVersion(String path, String version, String target) {
      rig.upstream().then(OK);
      rig.ask(at(path, version), ChatRequest.of("m", "hi"), new Cancellation());
      assertThat(rig.upstream().last().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
      "2024-10-21,/openai/v1/responses",
      "2025-04-01-preview,/openai/responses?api-version=2025-04-01-preview",
      "v1,/openai/v1/responses",
      "preview,/openai/v1/responses?api-version=preview",
    })
    void whatCameByResponsesLeavesByThem(String version, String target) {
      rig.upstream().then(Reply.json(500, "{}"));
      rig.ask(at("", version), responses(), new Cancellation());
      assertThat(rig.upstream().last().target()).isEqualTo(target);
      assertThat(rig.upstream().last().body().utf8()).contains("\"model\":\"m\"");
    }

    @Test
    void theKeyHasAHeaderOfItsOwn() {
      rig.upstream().then(OK);
      rig.ask(provider(), ChatRequest.of("m", "hi"), new Cancellation());
      Received request = rig.upstream().last();
      assertThat(request.header("api-key")).contains(ProviderRig.KEY);
      assertThat(request.header("authorization")).isEmpty();
      assertThat(request.header("x-team")).contains("t");
    }

    @Test
    void theClientCannotChangeTheVersion() {
      rig.upstream().then(OK);
      rig.ask(provider(), chat("api-version=1&x=%20"), new Cancellation());
      assertThat(rig.upstream().last().target())
          .isEqualTo("/openai/deployments/m/chat/completions?api-version=2024-10-21&x=%20");
    }

    @Test
    void aNameCannotLeadElsewhere() {
      rig.upstream().then(OK);
      rig.ask(provider(), ChatRequest.of("a/../b?c d*é", "hi"), new Cancellation());
      assertThat(rig.upstream().last().path())
          .isEqualTo("/openai/deployments/a%2F..%2Fb%3Fc%20d%2A%C3%A9/chat/completions");
      Failure failure =
          ProviderRig.failed(rig.ask(provider(), ChatRequest.of("..", "hi"), new Cancellation()));
      assertThat(failure.field()).contains("model");
      assertThat(rig.upstream().requests()).isEqualTo(1);
    }

    @Test
    void aFilteredPromptIsRefusedInAzuresWords() {
      rig.upstream()
          .then(
              Reply.json(
                  400,
                  "{\"error\":{\"message\":\"The prompt was filtered.\",\"type\":null,"
                      + "\"param\":\"prompt\",\"code\":\"content_filter\",\"status\":400,"
                      + "\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\","
                      + "\"content_filter_result\":{\"hate\":{\"filtered\":true}}}}}"));
      Failure failure =
          ProviderRig.failed(rig.ask(provider(), ChatRequest.of("m", "hi"), new Cancellation()));
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
      assertThat(failure.retry()).isEqualTo(RetryDecision.never());
      assertThat(failure.provider().orElseThrow().message()).contains("The prompt was filtered.");
      assertThat(failure.provider().orElseThrow().body().utf8())
          .contains("\"code\":\"content_filter\"")
          .contains("ResponsibleAIPolicyViolation");
    }

    @Test
    void aMissingDeploymentIsAnUnknownModel() {
      rig.upstream().then(MISSING);
      Failure failure =
          ProviderRig.failed(rig.ask(provider(), ChatRequest.of("m", "hi"), new Cancellation()));
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
    }
  }

  @Nested
  class Probing {
    @Test
    void asksForNothingAndRemembersThatADeploymentIsThere() {
      rig.upstream().then(NO_MESSAGES);
      AzureProvider provider = provider();
      assertThat(provider.probe("m")).isEqualTo(DeploymentVerdict.FOUND);
      assertThat(provider.probe("m")).isEqualTo(DeploymentVerdict.FOUND);
      assertThat(rig.upstream().requests()).isEqualTo(1);
      assertThat(rig.upstream().last().path()).isEqualTo("/openai/deployments/m/chat/completions");
      assertThat(rig.upstream().last().body().utf8())
          .isEqualTo("{\"model\":\"m\",\"messages\":[]}");
    }

    @Test
    void remembersThatOneIsMissing() {
      rig.upstream().then(MISSING, NO_MESSAGES);
      AzureProvider provider = provider("gone");
      assertThat(provider.knownModels()).containsExactly("gone");
      assertThat(provider.probe("gone")).isEqualTo(DeploymentVerdict.NOT_FOUND);
      assertThat(provider.probe("gone")).isEqualTo(DeploymentVerdict.NOT_FOUND);
      assertThat(rig.upstream().requests()).isEqualTo(1);
      assertThat(provider.knownModels()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 503})
    void remembersNoOtherTrouble(int status) {
      rig.upstream().then(Reply.json(status, "{}"), NO_MESSAGES);
      AzureProvider provider = provider("m");
      assertThat(provider.probe("m")).isEqualTo(DeploymentVerdict.UNKNOWN);
      assertThat(provider.knownModels()).containsExactly("m");
      assertThat(provider.probe("m")).isEqualTo(DeploymentVerdict.FOUND);
    }

    @Test
    void blamesNoDeploymentForAWrongVersion() {
      rig.upstream().then(NO_LIST);
      assertThat(provider().probe("m")).isEqualTo(DeploymentVerdict.UNKNOWN);
    }
  }

  @Nested
  class Status {
    private static final Reply LIST =
        Reply.json(
            200,
            "{\"data\":[{\"id\":\"listed\",\"model\":\"gpt-4o\",\"status\":\"succeeded\","
                + "\"object\":\"deployment\",\"created_at\":1700000000}],\"object\":\"list\"}");

    @Test
    void namesWhatIsListedAndWhatIsConfiguredAndThere() {
      rig.upstream().then(LIST).then(NO_MESSAGES);
      ProviderStatus status = provider("listed", "there").status();
      assertThat(status.usable()).isTrue();
      assertThat(status.models())
          .extracting(ModelCard::id)
          .containsExactly("azure/listed", "azure/there");
      assertThat(rig.upstream().received().get(0).target())
          .isEqualTo("/openai/deployments?api-version=2022-12-01");
      assertThat(rig.upstream().received().get(1).target()).contains("/deployments/there/");
    }

    @Test
    void leavesOutWhatIsMissingAndAsksAgainWithTheListing() {
      rig.upstream().then(LIST, MISSING, LIST, NO_MESSAGES);
      AzureProvider provider = provider("gone");
      assertThat(provider.status().models())
          .extracting(ModelCard::id)
          .containsExactly("azure/listed");
      rig.clock().advance(Duration.ofMinutes(5));
      assertThat(provider.status().models())
          .extracting(ModelCard::id)
          .containsExactly("azure/gone", "azure/listed");
      assertThat(rig.upstream().requests()).isEqualTo(4);
    }

    @Test
    void isUsableWithoutAListWhenADeploymentAnswers() {
      rig.upstream().then(Reply.json(400, "{}"), NO_MESSAGES);
      assertThat(provider("m").status().usable()).isTrue();
    }

    @Test
    void saysThatTheKeyIsRefused() {
      rig.upstream().otherwise(Reply.json(401, "{}"));
      assertThat(provider("m").status().unusable())
          .contains("The key is refused (HTTP 401): check AZURE_OPENAI_API_KEY.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "2024", "2024-10-21&x=1", "../v1"})
  void aVersionIsADateOrAWord(String version) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at("", version))
        .withMessageStartingWith("api-version: ");
  }
}
