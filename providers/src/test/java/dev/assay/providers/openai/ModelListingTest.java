package dev.assay.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.ModelCard;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.secret.Secrets;
import dev.assay.providers.attempt.Account;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.http.HttpTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelListingTest {
  private static final Reply LIST =
      Reply.json(
          200,
          """
          {"object":"list","x":{"y":[]},"data":[
            {"id":"gpt-b","object":"model","created":1700000000,"owned_by":"openai","z":[1]},
            {"id":"gpt-a","created":"soon"},
            {"created":5}, 7, {"id":""}, {"id":9}]}
          """);

  private final ProviderRig rig = new ProviderRig(OpenAiDialect.INSTANCE);

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void namesWhatTheProviderOffers() {
    rig.upstream().then(LIST);
    ProviderStatus status = rig.adapter().status();
    assertThat(status.usable()).isTrue();
    assertThat(status.source()).isEqualTo("OPENAI_API_KEY");
    assertThat(status.models())
        .containsExactly(
            card("openai/gpt-a", Optional.empty()),
            card("openai/gpt-b", Optional.of(Instant.ofEpochSecond(1_700_000_000))));
    assertThat(rig.upstream().last().target()).isEqualTo("/v1/models");
    assertThat(rig.upstream().last().header("authorization")).contains("Bearer " + ProviderRig.KEY);
  }

  @Test
  void isAskedAgainAfterFiveMinutes() {
    rig.upstream().otherwise(LIST);
    Provider provider = rig.adapter();
    provider.status();
    rig.clock().advance(Duration.ofSeconds(299));
    provider.status();
    assertThat(rig.upstream().requests()).isEqualTo(1);
    rig.clock().advance(Duration.ofSeconds(1));
    provider.status();
    assertThat(rig.upstream().requests()).isEqualTo(2);
  }

  @Test
  void isAskedAgainSoonAfterAFailure() {
    rig.upstream().then(Reply.json(500, ""), LIST);
    Provider provider = rig.adapter();
    assertThat(provider.status().unusable())
        .contains("The list of models was answered with HTTP 500.");
    rig.clock().advance(Duration.ofSeconds(10));
    assertThat(provider.status().usable()).isTrue();
  }

  @Test
  void knowsWhatWasConfiguredAndWhatWasListedWithoutAsking() {
    rig.upstream().then(LIST);
    Provider provider = adapter(configured());
    assertThat(provider.knownModels()).containsExactly("mine");
    assertThat(rig.upstream().requests()).isZero();
    provider.status();
    assertThat(provider.knownModels()).containsExactlyInAnyOrder("mine", "gpt-a", "gpt-b");
    assertThat(provider.status().models()).extracting(ModelCard::id).contains("openai/mine");
  }

  @Test
  void saysWhyItIsUnusable() {
    rig.upstream().then(Reply.json(401, "{}"), Reply.json(200, "{\"data\":7}"));
    assertThat(rig.adapter().status().unusable())
        .contains("The key is refused (HTTP 401): check OPENAI_API_KEY.");
    assertThat(rig.adapter().status().unusable().orElseThrow())
        .startsWith("The list of models is none: check the address http://127.0.0.1:");
    assertThat(rig.lostAdapter().status().unusable().orElseThrow())
        .startsWith("Could not connect to 127.0.0.1:");
  }

  @Test
  void isUsableWithoutAList() {
    rig.upstream().then(Reply.json(404, "{}"));
    ProviderStatus status = adapter(configured()).status();
    assertThat(status.usable()).isTrue();
    assertThat(status.models()).extracting(ModelCard::id).containsExactly("openai/mine");
  }

  @Test
  void takesABareArray() {
    rig.upstream().then(Reply.json(200, "[{\"id\":\"gpt-a\"}]"));
    assertThat(rig.adapter().status().models())
        .extracting(ModelCard::id)
        .containsExactly("openai/gpt-a");
  }

  @Test
  void doesNotWaitForASlowServer() {
    rig.upstream().then(LIST.at(0, new Happening.Stall()));
    Provider provider = rig.adapter();
    ProviderStatus status = rig.whilePassing(Duration.ofSeconds(4), provider::status);
    assertThat(status.unusable()).isPresent();
  }

  private OpenAiProvider adapter(Account settings) {
    return new OpenAiProvider(settings, rig.http(), Secrets.NONE, rig.clock(), rig.tasks());
  }

  private Account configured() {
    return new Account(
        "openai",
        rig.upstream().uri().resolve("/v1"),
        Optional.of(ProviderRig.KEY),
        Map.of(),
        HttpTimeouts.STREAM,
        1_000,
        "OPENAI_API_KEY",
        Set.of("mine"));
  }

  private static ModelCard card(String id, Optional<Instant> created) {
    return new ModelCard(id, "openai", created, false, Optional.empty());
  }
}
