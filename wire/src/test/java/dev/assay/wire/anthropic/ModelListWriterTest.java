package dev.assay.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.ModelCard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelListWriterTest {
  @Test
  void everyModelThatIsListedIsActive() {
    ModelCard card = new ModelCard("sim/small", "sim", Optional.empty(), true, Optional.empty());
    String model =
        "{\"type\":\"model\",\"id\":\"sim/small\",\"display_name\":\"sim/small\","
            + "\"created_at\":\"1970-01-01T00:00:00Z\",\"lifecycle\":\"active\"}";
    assertThat(ModelListWriter.one(card).utf8()).isEqualTo(model);
    assertThat(ModelListWriter.list(List.of(card)).utf8())
        .isEqualTo(
            "{\"data\":["
                + model
                + "],\"has_more\":false,\"first_id\":\"sim/small\",\"last_id\":\"sim/small\"}");
  }
}
