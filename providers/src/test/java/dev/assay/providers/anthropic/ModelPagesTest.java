package dev.assay.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ProviderStatus;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Reply;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelPagesTest {
  private final ProviderRig rig = new ProviderRig(AnthropicDialect.INSTANCE);

  @AfterEach
  void close() {
    rig.close();
  }

  private static Reply page(String models, String rest) {
    return Reply.json(200, "{\"data\":[" + models + "]," + rest + "}");
  }

  @Test
  void namesTheModelsOfAllPages() {
    rig.upstream()
        .then(
            page(
                "{\"type\":\"model\",\"id\":\"claude-b\",\"display_name\":\"Claude B\","
                    + "\"created_at\":\"2026-02-04T00:00:00Z\",\"capabilities\":{\"x\":[1]}},"
                    + "{\"id\":7},8",
                "\"has_more\":true,\"first_id\":\"claude-b\",\"last_id\":\"claude b\""),
            page("{\"id\":\"claude-a\",\"created_at\":\"soon\"}", "\"has_more\":false"));
    ProviderStatus status = rig.adapter().status();
    assertThat(status.usable()).isTrue();
    assertThat(status.models())
        .containsExactly(
            card("claude-a", Optional.empty()),
            card("claude-b", Optional.of(Instant.parse("2026-02-04T00:00:00Z"))));
    assertThat(rig.upstream().last().target()).isEqualTo("/v1/models?limit=1000&after_id=claude+b");
    assertThat(rig.upstream().last().header("x-api-key")).contains(ProviderRig.KEY);
    assertThat(rig.upstream().last().header("anthropic-version")).contains("2023-06-01");
  }

  @Test
  void doesNotFollowPagesForEver() {
    rig.upstream().otherwise(page("", "\"has_more\":true,\"last_id\":\"x\""));
    assertThat(rig.adapter().status().usable()).isTrue();
    assertThat(rig.upstream().requests()).isEqualTo(10);
  }

  @Test
  void saysWhyItIsUnusable() {
    rig.upstream().then(Reply.json(401, "{}"), Reply.json(200, "[]"));
    assertThat(rig.adapter().status().unusable())
        .contains("The key is refused (HTTP 401): check ANTHROPIC_API_KEY.");
    assertThat(rig.adapter().status().unusable().orElseThrow())
        .startsWith("The list of models is none: check the address http://127.0.0.1:");
  }

  private static ModelCard card(String id, Optional<Instant> created) {
    return new ModelCard("anthropic/" + id, "anthropic", created, false, Optional.empty());
  }
}
