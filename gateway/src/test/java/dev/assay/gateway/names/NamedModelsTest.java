package dev.assay.gateway.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.Request;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tools;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.gateway.Contexts;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NamedModelsTest {
  private static final ProviderStatus NO_OPENAI =
      new ProviderStatus("openai", "OPENAI_API_KEY", Optional.of("set OPENAI_API_KEY."), List.of());

  private final VirtualTime time = VirtualTime.seeded(1);
  private final ScriptedProvider sim = new ScriptedProvider("sim", time, time).offeringOnly("echo");
  private final ScriptedProvider local =
      new ScriptedProvider("local", time, time).offering("both", "x");
  private final ScriptedProvider other = new ScriptedProvider("other", time, time).offering("both");
  private final Providers providers =
      new Providers(List.of(sim, local, other), List.of(NO_OPENAI), Map.of());
  private final NamedModels models =
      new NamedModels(
          new ModelNames(providers, Map.of("panel", "echo", "real", "local/x", "gone", "openai/x")),
          providers,
          Map.of("sim", sim, "local", local, "other", other),
          Map.of(),
          time,
          time);

  private static ChatRequest byOpenaiDoor(String model) {
    return new ChatRequest(
        model,
        List.of(Message.text(Role.USER, "hi")),
        Sampling.DEFAULT,
        Tools.NONE,
        new ResponseFormat.Text(),
        ReasoningSetting.DEFAULT,
        Streaming.NONE,
        Optional.of(
            new Wire(
                WireFormat.OPENAI_CHAT, Bytes.utf8("{}"), Map.of(), Map.of(), Optional.empty())));
  }

  private Outcome ask(Request request) throws Exception {
    return time.call(() -> models.answer(request, Contexts.of(time), Sink.discarding()));
  }

  private Failure refusal(Request request) throws Exception {
    Outcome outcome = ask(request);
    assertThat(outcome).isInstanceOf(Failure.class);
    assertThat(outcome.details().kind()).isEqualTo(CallKind.REFUSED);
    assertThat(outcome.details().model()).isEqualTo(request.model());
    return (Failure) outcome;
  }

  @Nested
  class Asking {
    @Test
    void reachesTheProviderWithItsOwnNameForTheModel() throws Exception {
      assertThat(ask(byOpenaiDoor("sim/echo"))).isInstanceOf(Answer.class);
      assertThat(sim.asked().getFirst().request().model()).isEqualTo("echo");
    }

    @Test
    void saysHowToConfigureTheDoorsOwnProvider() throws Exception {
      Failure failure = refusal(byOpenaiDoor("gpt-4o"));
      assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
      assertThat(failure.field()).contains("model");
      assertThat(failure.message())
          .isEqualTo(
              "The model \"gpt-4o\" needs the provider openai, which cannot be used: set"
                  + " OPENAI_API_KEY.");
    }

    @Test
    void listsTheCandidates() throws Exception {
      assertThat(refusal(byOpenaiDoor("both")).message())
          .isEqualTo("Several providers have a model \"both\": write local/both or other/both.");
    }

    @Test
    void suggestsTheNearestName() throws Exception {
      assertThat(refusal(ChatRequest.of("sim-echo", "hi")).message())
          .isEqualTo(
              "No provider is known to have a model \"sim-echo\". Did you mean sim/echo? Write it as"
                  + " provider/name; GET /v1/models or \"assay models\" lists what can be asked.");
    }

    @Test
    void listsTheModelsOfAProviderThatHasNoOthers() throws Exception {
      Failure failure = refusal(byOpenaiDoor("sim/nope"));
      assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
      assertThat(failure.message())
          .isEqualTo("The provider sim has no model \"nope\"; it has sim/echo.");
      assertThat(sim.asked()).isEmpty();
    }

    @Test
    void listsTheProvidersWhenThePrefixIsNone() throws Exception {
      assertThat(refusal(byOpenaiDoor("nobody/gpt")).message())
          .isEqualTo(
              "No provider is known to have a model \"nobody/gpt\". What stands before the slash"
                  + " must be a provider, one of sim, local, other; a model that is not listed is"
                  + " asked for as local/nobody/gpt.");
    }

    @Test
    void quotesOnlyTheBeginningOfALongName() throws Exception {
      assertThat(refusal(ChatRequest.of("x".repeat(100_000), "hi")).message()).hasSizeLessThan(400);
      assertThat(refusal(byOpenaiDoor("x/".repeat(100_000))).message()).hasSizeLessThan(400);
      assertThat(refusal(byOpenaiDoor("sim/" + "x".repeat(100_000))).message())
          .hasSizeLessThan(400);
    }

    @Test
    void findsModelsForEmbeddingsLikeAnyOther() throws Exception {
      Request request =
          new EmbeddingRequest("sim/huge", List.of("a"), Optional.empty(), Optional.empty());
      assertThat(refusal(request).code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }
  }

  @Nested
  class Catalog {
    @Test
    void tellsEveryProvidersStatusInOrder() throws Exception {
      assertThat(time.call(models::providers))
          .containsExactly(sim.status(), local.status(), other.status(), NO_OPENAI);
    }

    @Test
    void tellsWhatAliasesStandFor() {
      assertThat(models.aliases())
          .containsExactly(
              alias("gone", false, "openai/x"),
              alias("panel", true, "echo"),
              alias("real", false, "local/x"));
    }

    private static ModelCard alias(String name, boolean simulated, String target) {
      return new ModelCard(name, "assay", Optional.empty(), simulated, Optional.of(target));
    }
  }
}
