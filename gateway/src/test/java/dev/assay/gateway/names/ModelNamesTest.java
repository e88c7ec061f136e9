package dev.assay.gateway.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.request.WireFormat;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNamesTest {
  private static final Optional<WireFormat> OPENAI_DOOR = Optional.of(WireFormat.OPENAI_CHAT);
  private static final Optional<WireFormat> NO_DOOR = Optional.empty();
  private static final ProviderStatus NO_OPENAI =
      new ProviderStatus("openai", "", Optional.of("set OPENAI_API_KEY"), List.of());
  private static final ProviderStatus NO_ANTHROPIC =
      new ProviderStatus("anthropic", "", Optional.of("set ANTHROPIC_API_KEY"), List.of());

  private final Provider openai = provider("openai", "gpt-4o", "gpt-4o-mini", "shared");
  private final Provider gemini = provider("gemini", "gemini-3.5-flash", "both", "shared");
  private final Provider ollama =
      provider("ollama", "llama3", "both", "meta-llama/Llama-3.3-70B", "openai/gpt-oss-20b");
  private final Provider sim = scripted("sim").offeringOnly("echo", "small");

  private final ModelNames all =
      new ModelNames(
          new Providers(
              List.of(openai, gemini, ollama, sim),
              List.of(NO_ANTHROPIC),
              Map.of("google", "gemini", "claude", "anthropic")),
          Map.of(
              "fast", "quick",
              "quick", "gpt-4o-mini",
              "panel", "sim/echo",
              "team/panel", "panel",
              "lost", "nowhere/x"));
  private final ModelNames withoutOpenai =
      new ModelNames(
          new Providers(List.of(gemini, ollama, sim), List.of(NO_OPENAI), Map.of()), Map.of());

  private static Provider provider(String name, String... models) {
    return scripted(name).offering(models);
  }

  private static ScriptedProvider scripted(String name) {
    VirtualTime time = VirtualTime.seeded(1);
    return new ScriptedProvider(name, time, time);
  }

  private static Resolution found(String provider, String model) {
    return new Resolution.Found(new Target(provider, model));
  }

  @Nested
  class WithADoor {
    @ParameterizedTest
    @CsvSource({
      // its own provider's
      "gpt-4o, openai, gpt-4o",
      "shared, openai, shared",
      // with a prefix
      "openai/gpt-4o, openai, gpt-4o",
      "sim/echo, sim, echo",
      "ollama/never-heard-of, ollama, never-heard-of",
      "openai/meta-llama/Llama-4, openai, meta-llama/Llama-4",
      "ollama/meta-llama/Llama-3.3-70B, ollama, meta-llama/Llama-3.3-70B",
      "google/gemini-3.5-flash, gemini, gemini-3.5-flash",
      // known to one other provider only
      "gemini-3.5-flash, gemini, gemini-3.5-flash",
      "meta-llama/Llama-3.3-70B, ollama, meta-llama/Llama-3.3-70B",
      // aliases
      "panel, sim, echo",
      "team/panel, sim, echo",
      "fast, openai, gpt-4o-mini",
      // new names
      "gpt-99, openai, gpt-99",
    })
    void findsTheModel(String name, String provider, String model) {
      assertThat(all.resolve(name, OPENAI_DOOR)).isEqualTo(found(provider, model));
    }

    @Test
    void saysWhichProvidersKnowAName() {
      assertThat(all.resolve("both", OPENAI_DOOR))
          .isEqualTo(new Resolution.Ambiguous(List.of("gemini/both", "ollama/both")));
    }

    @ParameterizedTest
    @CsvSource({
      "nobody/gpt, nobody/gpt",
      "meta-llama/Llama-4, meta-llama/Llama-4",
      "lost, nowhere/x",
      "/odd, /odd",
      "sim/, sim/",
    })
    void guessesNobodyForANameWithASlashThatNobodyKnows(String written, String name) {
      assertThat(all.resolve(written, OPENAI_DOOR))
          .isInstanceOfSatisfying(
              Resolution.Prefixed.class,
              refused -> {
                assertThat(refused.name()).isEqualTo(name);
                assertThat(refused.providers())
                    .containsExactly("openai", "gemini", "ollama", "sim");
                assertThat(refused.spelled()).contains("openai/" + name);
              });
    }

    @ParameterizedTest
    @CsvSource({"sim/never-heard-of", "sim/gpt-4o"})
    void refusesWhatAProviderThatSaysAllItsModelsDoesNotHave(String name) {
      assertThat(all.resolve(name, OPENAI_DOOR))
          .isEqualTo(
              new Resolution.NotOffered(
                  new Target("sim", name.substring(4)), List.of("sim/echo", "sim/small")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic/claude-opus-5", "claude/opus"})
    void doesNotGuessPastThePrefixOfAProviderThatCannotBeUsed(String name) {
      assertThat(all.resolve(name, OPENAI_DOOR)).isEqualTo(new Resolution.Unusable(NO_ANTHROPIC));
    }
  }

  @Nested
  class WithADoorWhoseProviderCannotBeUsed {
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "openai/gpt-4o", "echoo"})
    void saysSo(String name) {
      assertThat(withoutOpenai.resolve(name, OPENAI_DOOR))
          .isEqualTo(new Resolution.Unusable(NO_OPENAI));
    }

    @Test
    void namesAnotherOneThatMayHaveAnUnlistedName() {
      assertThat(withoutOpenai.resolve("nobody/gpt", OPENAI_DOOR))
          .isEqualTo(
              new Resolution.Prefixed(
                  "nobody/gpt",
                  List.of(),
                  List.of("gemini", "ollama", "sim"),
                  Optional.of("gemini/nobody/gpt")));
    }

    @ParameterizedTest
    @CsvSource({"echo, sim, echo", "openai/gpt-oss-20b, ollama, openai/gpt-oss-20b"})
    void findsWhatOneOtherProviderKnows(String name, String provider, String model) {
      assertThat(withoutOpenai.resolve(name, OPENAI_DOOR)).isEqualTo(found(provider, model));
    }
  }

  @Nested
  class WithoutADoor {
    @ParameterizedTest
    @CsvSource({"shared, openai, shared", "both, gemini, both", "echo, sim, echo"})
    void takesTheFirstProviderThatKnowsAName(String name, String provider, String model) {
      assertThat(all.resolve(name, NO_DOOR)).isEqualTo(found(provider, model));
    }

    @ParameterizedTest
    @CsvSource({
      "gpt4o, openai/gpt-4o",
      "Echo1, sim/echo",
      "openai-gpt-4o, openai/gpt-4o",
      "pannel, panel",
    })
    void suggestsTheNearestName(String name, String nearest) {
      assertThat(all.resolve(name, NO_DOOR))
          .isInstanceOfSatisfying(
              Resolution.Unknown.class,
              unknown -> assertThat(unknown.nearest()).first().isEqualTo(nearest));
    }

    @Test
    void suggestsNothingForWhatIsLikeNothing() {
      assertThat(all.resolve("x".repeat(1_000_000), NO_DOOR))
          .isEqualTo(new Resolution.Unknown(List.of()));
      assertThat(all.resolve("zzzzzzzzzz", NO_DOOR)).isEqualTo(new Resolution.Unknown(List.of()));
    }
  }

  @Nested
  class Settings {
    @Test
    void areRefusedWhenAnAliasStandsForItself() {
      assertThatThrownBy(() -> new ModelNames(Providers.of(), Map.of("a", "a")))
          .hasMessage("aliases.a: stands for itself: a -> a");
      assertThatThrownBy(() -> new ModelNames(Providers.of(), Map.of("a", "b", "b", "c", "c", "b")))
          .hasMessageMatching("aliases\\..: stands for itself: .*b -> c -> b|.*c -> b -> c");
    }

    @Test
    void areRefusedWhenTwoProvidersHaveOneName() {
      assertThatThrownBy(() -> Providers.of(sim, sim))
          .hasMessage("providers: there are two with the name sim");
      assertThatThrownBy(() -> new Providers(List.of(sim), List.of(), Map.of("sim", "sim")))
          .hasMessage("providers: there are two with the name sim");
    }

    @Test
    void areRefusedWhenAnotherNameStandsForNoProvider() {
      assertThatThrownBy(() -> new Providers(List.of(sim), List.of(), Map.of("google", "gemini")))
          .hasMessage("providers: google stands for no provider");
    }
  }
}
