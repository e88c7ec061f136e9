package dev.assay.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.SetupException;
import dev.assay.gateway.GatewaySettings;
import dev.assay.ledger.LedgerSettings;
import dev.assay.providers.sim.FailureRates;
import dev.assay.providers.sim.Fault;
import dev.assay.providers.sim.SimSettings;
import dev.assay.web.WebSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  private static final String SECRET = "sk-0123456789abcdef";

  @TempDir private Path folder;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private Configuration read(String... lines) throws SetupException, IOException {
    Path file = folder.resolve("assay.yaml");
    Files.writeString(file, String.join("\n", lines));
    return Configuration.read(
        Optional.empty(), folder, new Environment(variables), OptionalInt.empty());
  }

  private String problem(String... lines) {
    try {
      read(lines);
    } catch (SetupException | IOException wrong) {
      return wrong.getMessage().replace(folder + "/", "");
    }
    throw new AssertionError("nothing was wrong");
  }

  private ProviderSettings provider(String name, String... lines) throws Exception {
    return read(lines).providers().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class WithoutAFile {
    @Test
    void everythingIsAsTheModulesSay() throws Exception {
      Configuration configuration = read("");

      assertThat(configuration.web()).isEqualTo(WebSettings.DEFAULT);
      assertThat(configuration.gateway()).isEqualTo(GatewaySettings.DEFAULT);
      assertThat(configuration.sim()).isEqualTo(SimSettings.DEFAULT);
      assertThat(configuration.ledger()).isEqualTo(LedgerSettings.of(folder));
      assertThat(configuration.log())
          .isEqualTo(new LogSettings(LogSettings.Level.INFO, Optional.empty()));
      assertThat(configuration.stopTimeout()).isEqualTo(Duration.ofSeconds(30));
      assertThat(configuration.defaultModel()).isEmpty();
    }

    @Test
    void aMissingFileThatIsNamedIsAProblem() {
      Path missing = folder.resolve("missing.yaml");

      assertThatThrownBy(() ->
              Configuration.read(
                  Optional.of(missing), folder, new Environment(Map.of()), OptionalInt.empty()))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("missing.yaml cannot be read");
    }
  }

  @Nested
  class Keys {
    @Test
    void areReadIntoTheSettingsOfTheModules() throws Exception {
      Configuration configuration =
          read(
              "default-model: fast",
              "server: {port: 9000, max-body: 1MB, body-budget: 2MiB, allowed-hosts: [Box.local],",
              "  heartbeat: 500ms, stop-timeout: 2m}",
              "timeouts: {deadline: 1h}",
              "retry: {attempts: 3, attempts-per-model: 2, backoff: 10ms}",
              "aliases: {fast: openai/gpt-4o-mini}",
              "fallbacks: {openai/gpt-4.1: [sim/large, sim/small]}",
              "sim: {seed: -7, latency-scale: 0.5, rates: {server-error: 0.5},",
              "  rules: [{when: 'my (?<what>\\w+)', answer: 'your ${what} $1'}]}",
              "log: {level: debug, file: assay.log}");

      assertThat(configuration.web().port()).isEqualTo(9000);
      assertThat(configuration.web().hostNames()).containsExactly("box.local");
      assertThat(configuration.web().sizes().body()).isEqualTo(1_000_000);
      assertThat(configuration.web().sizes().bodies()).isEqualTo(2L << 20);
      assertThat(configuration.web().timeouts().heartbeat()).isEqualTo(Duration.ofMillis(500));
      assertThat(configuration.stopTimeout()).isEqualTo(Duration.ofMinutes(2));
      assertThat(configuration.gateway().deadline()).isEqualTo(Duration.ofHours(1));
      assertThat(configuration.gateway().attempts()).isEqualTo(3);
      assertThat(configuration.web().timeouts().call()).isEqualTo(Duration.ofHours(1));
      assertThat(configuration.web().attempts()).isEqualTo(new WebSettings.Attempts(3, 2));
      assertThat(configuration.gateway().aliases()).containsEntry("fast", "openai/gpt-4o-mini");
      assertThat(configuration.gateway().fallbacks())
          .containsEntry("openai/gpt-4.1", List.of("sim/large", "sim/small"));
      assertThat(configuration.sim().seed()).isEqualTo(-7);
      assertThat(configuration.sim().rates().rates())
          .containsEntry(Fault.SERVER_ERROR, 0.5)
          .containsEntry(Fault.RATE_LIMITED, FailureRates.DEFAULT.rates().get(Fault.RATE_LIMITED));
      assertThat(configuration.sim().rules()).hasSize(1);
      assertThat(configuration.log().file()).contains(Path.of("assay.log"));
      assertThat(configuration.defaultModel()).contains("fast");
    }

    @Test
    void makePricesOfAList() throws Exception {
      var prices =
          read(
                  "prices:",
                  "  - {provider: groq, model: llama, input: 0.05, output: 0.08}",
                  "  - provider: groq",
                  "    model: llama",
                  "    valid-from: 2026-12-01",
                  "    input: 0.04")
              .gateway()
              .prices();

      assertThat(prices).hasSize(2);
      assertThat(prices.getFirst().output()).contains(new BigDecimal("0.08"));
      assertThat(prices.getFirst().validFrom()).isEqualTo(LocalDate.EPOCH);
      assertThat(prices.getLast().validFrom()).isEqualTo(LocalDate.of(2026, 12, 1));
      assertThat(prices.getLast().output()).isEmpty();
    }

    @Test
    void mayHaveReferencesInTheirValues() throws Exception {
      variables.put("PORT", "9001");
      Files.writeString(folder.resolve("name.txt"), "box.local\n");

      Configuration configuration =
          read("server:", "  port: ${PORT}", "  allowed-hosts: ['${file:name.txt}']");

      assertThat(configuration.web().port()).isEqualTo(9001);
      assertThat(configuration.web().hostNames()).containsExactly("box.local");
    }

    @Test
    void mayBeASectionWithoutLines() throws Exception {
      assertThat(read("server:", "  # port: 1", "retry:").web()).isEqualTo(WebSettings.DEFAULT);
    }
  }

  @Nested
  class ThePort {
    @Test
    void isTheCommandLinesBeforeTheEnvironmentsBeforeTheFiles() throws Exception {
      variables.put("ASSAY_PORT", "9002");
      assertThat(read("server: {port: 9001}").web().port()).isEqualTo(9002);

      assertThat(
              Configuration.read(
                      Optional.empty(), folder, new Environment(variables), OptionalInt.of(9003))
                  .web()
                  .port())
          .isEqualTo(9003);
    }

    @Test
    void mustBeAPortInTheEnvironmentToo() {
      variables.put("ASSAY_PORT", "http");

      assertThat(problem("")).contains("ASSAY_PORT must be a port, 0 to 65535");
    }
  }

  @Nested
  class AProblem {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "server: {prot: 1}|assay.yaml:1: server.prot: is no key: did you mean server.port?",
          "sever: {port: 1}|sever.port: is no key: did you mean server.port?",
          "default_model: x|default_model: is no key: did you mean default-model?",
          "providers: {groq: {base_url: x}}|did you mean providers.groq.base-url?",
          "prices: [{provder: x}]|prices[0].provder: is no key: did you mean prices[0].provider?",
          "weather: fine|weather: is no key: remove it; the keys stand in docs/configuration.md",
          "server: {port: {a: 1}}|server.port.a: is no key",
          "server: {port: eighty}|server.port: must be a port, 0 to 65535",
          "server: {port: 65536}|server.port: must be a port",
          "server: {port: [1, 2]}|server.port: must be a port",
          "server: {max-body: 20 MB}|server.max-body: must be a size such as",
          "server: {max-body: 3GB}|server.max-body: must be less than 2GiB",
          "timeouts: {deadline: 30}|timeouts.deadline: must be a duration such as",
          "timeouts: {deadline: 0s}|deadline: must be positive",
          "retry: {attempts: 0}|retry.attempts: must be a number from 1 on",
          "fallbacks: {a: []}|fallbacks.a: is empty",
          "sim: {rates: {refused: 1.5}}|sim.rates.refused: must be a number from 0 to 1",
          "sim: {rates: {refused: 1}}|rates: sum to",
          "sim: {rules: [{when: '('}]}|sim.rules[0].when: must be a regular expression",
          "log: {level: loud}|log.level: must be error or warn or info or debug",
          "prices: [{input: 1}]|prices[0]: must name a provider and a model",
          "server: {port: '${NOWHERE}'}|server.port: the environment variable NOWHERE is not set",
          "server: {port: '${file:no}'}|server.port: the file no cannot be read or is empty",
          "providers: {sim: {base-url: http://x}}|providers.sim: is built in",
          "providers: {'a/b': {base-url: http://x}}|providers.a/b: a name has small letters",
          "providers: {groq: {models: [a]}}|providers.groq.base-url: is missing",
          "providers: {groq: {format: soap}}|providers.groq.format: must be openai",
          "just words|must be keys with values",
          "a: [|assay.yaml:1:"
        })
    void namesTheKeyAndTheFix(String yaml, String message) {
      assertThat(problem(yaml)).contains(message);
    }

    @Test
    void isSaidTogetherWithAllOthers() {
      assertThat(problem("server:", "  port: x", "  heartbeat: y", "retry: {tries: 1}").lines())
          .hasSize(3)
          .anyMatch(line -> line.startsWith("assay.yaml:2:"))
          .anyMatch(line -> line.startsWith("assay.yaml:3:"))
          .anyMatch(line -> line.startsWith("assay.yaml:4:"));
    }

    @Test
    void isAKeyThatStandsTwice() {
      assertThat(problem("log: {level: info}", "log: {level: warn}"))
          .contains("assay.yaml:2: log stands twice: keep one");
    }
  }

  @Nested
  class AProvider {
    @Test
    void isKnownButNotUsableWithoutItsKey() throws Exception {
      assertThat(provider("openai").unusable())
          .contains(
              "OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for a server that needs no"
                  + " key");
      assertThat(provider("hyperbolic").unusable())
          .contains("HYPERBOLIC_API_KEY is not set; set it");
    }

    @Test
    void isFoundInTheEnvironment() throws Exception {
      variables.put("OPENAI_API_KEY", SECRET);
      variables.put("OPENAI_MODEL", "openai/gpt-4o");

      ProviderSettings openai = provider("openai");

      assertThat(openai.unusable()).isEmpty();
      assertThat(openai.source()).isEqualTo("OPENAI_API_KEY");
      assertThat(openai.account().orElseThrow().baseUrl())
          .isEqualTo(URI.create("https://api.openai.com/v1"));
      assertThat(openai.account().orElseThrow().key()).contains(SECRET);
      assertThat(openai.models()).containsExactly("gpt-4o");
      assertThat(read("").environmentModel()).contains("openai/gpt-4o");
    }

    @Test
    void needsNoKeyAtAnAddressOfOnesOwn() throws Exception {
      variables.put("OPENAI_BASE_URL", "http://127.0.0.1:1234/v1");

      ProviderSettings openai = provider("openai");

      assertThat(openai.unusable()).isEmpty();
      assertThat(openai.source()).isEqualTo("OPENAI_BASE_URL");
      assertThat(openai.account().orElseThrow().key()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "http://h/", "http://h/v1", "http://h/v1/"})
    void ofHyperbolicGetsItsVersion(String endpoint) throws Exception {
      variables.put("HYPERBOLIC_API_KEY", SECRET);
      variables.put("HYPERBOLIC_ENDPOINT", endpoint);

      assertThat(provider("hyperbolic").account().orElseThrow().baseUrl())
          .isEqualTo(URI.create("http://h/v1"));
    }

    @Test
    void comesFromTheFile() throws Exception {
      variables.put("GROQ_API_KEY", SECRET);

      ProviderSettings groq =
          provider(
              "groq",
              "timeouts: {idle: 7s}",
              "providers:",
              "  groq:",
              "    base-url: https://api.groq.com/openai/v1",
              "    key: ${GROQ_API_KEY}",
              "    models: [llama-4, qwen]",
              "    headers: {X-Team: blue, X-Api-Token: 'Bearer ${GROQ_API_KEY}'}",
              "    timeouts: {connect: 1s}");

      assertThat(groq.account().orElseThrow().key()).contains(SECRET);
      assertThat(groq.models()).containsExactly("llama-4", "qwen");
      assertThat(groq.account().orElseThrow().headers())
          .containsEntry("x-team", "blue")
          .containsEntry("x-api-token", "Bearer " + SECRET);
      assertThat(groq.account().orElseThrow().timeouts().connect())
          .isEqualTo(Duration.ofSeconds(1));
      assertThat(groq.account().orElseThrow().timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
      assertThat(groq.account().orElseThrow().timeouts().firstByte())
          .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void isNotUsableWhenItsReferenceLeadsNowhere() throws Exception {
      ProviderSettings groq =
          provider("groq", "providers: {groq: {base-url: 'https://x/v1', key: '${GROQ_API_KEY}'}}");

      assertThat(groq.unusable())
          .contains("providers.groq.key: the environment variable GROQ_API_KEY is not set");
    }

    @Test
    void overridesWhatTheEnvironmentSays() throws Exception {
      variables.put("OPENAI_API_KEY", SECRET);

      ProviderSettings openai =
          provider("openai", "providers: {openai: {base-url: 'http://x/v1'}}");

      assertThat(openai.account().orElseThrow().baseUrl()).isEqualTo(URI.create("http://x/v1"));
      assertThat(openai.account().orElseThrow().key()).contains(SECRET);
    }
  }

  @Nested
  class ASecret {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "providers: {groq: {base-url: 'https://x/v1', key: " + SECRET + "}}",
          "providers: {groq: {base-url: 'https://x/v1', key: '" + SECRET + "${GROQ}'}}",
          "providers: {groq: {base-url: 'https://x/v1', headers: {x-api-key: " + SECRET + "}}}",
          "providers: {groq: {base-url: 'https://me:" + SECRET + "@x/v1'}}",
          "server: {port: " + SECRET + "}"
        })
    void neverStandsInTheFileNorInTheProblem(String yaml) {
      assertThat(problem(yaml)).contains("must ").doesNotContain(SECRET);
    }

    @Test
    void isAReferenceAndTheProblemSaysHow() {
      assertThat(problem("providers: {my-groq: {base-url: 'https://x/v1', key: abc}}"))
          .contains("must be a reference such as ${MY_GROQ_API_KEY} or ${file:");
    }

    @Test
    void isNotPrinted() throws Exception {
      variables.put("OPENAI_API_KEY", SECRET);

      assertThat(read("").toString()).doesNotContain(SECRET);
      assertThat(new Environment(variables).toString()).doesNotContain(SECRET);
    }

    @Test
    void isMaskedWhereverItShows() throws Exception {
      variables.put("OPENAI_API_KEY", SECRET);

      assertThat(read("").secrets().scrub("key " + SECRET)).isEqualTo("key [secret]");
    }

    @Test
    void neverTravelsInAnAddressOfTheEnvironment() {
      variables.put("OPENAI_BASE_URL", "https://me:" + SECRET + "@x/v1");

      assertThat(problem("")).contains("OPENAI_BASE_URL must be an address").doesNotContain(SECRET);
    }
  }
}
