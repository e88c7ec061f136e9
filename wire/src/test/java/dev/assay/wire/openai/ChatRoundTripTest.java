package dev.assay.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.RequestRead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A client that sends an answer's message back as it came keeps what any provider wants back. */
class ChatRoundTripTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final WireFormat[] OWNERS = {
    WireFormat.ANTHROPIC_MESSAGES, WireFormat.OPENAI_RESPONSES, WireFormat.GEMINI
  };

  private static Signature signature(Random random, WireFormat owner) {
    Signature.Kind kind =
        owner == WireFormat.GEMINI || random.nextBoolean()
            ? Signature.Kind.SIGNATURE
            : Signature.Kind.ENCRYPTED;
    return new Signature(
        owner,
        kind,
        "v." + random.nextInt(1_000) + "+/==",
        random.nextBoolean() ? Optional.empty() : Optional.of("rs_" + random.nextInt(9)));
  }

  // In the order in which this format has the parts.
  private static List<Part> said(Random random) {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String text = random.nextBoolean() ? "" : "thought " + i + "\n";
      WireFormat owner = OWNERS[random.nextInt(OWNERS.length)];
      parts.add(new Part.Reasoning(text, Optional.of(signature(random, owner))));
    }
    if (random.nextInt(3) > 0 || parts.isEmpty()) {
      parts.add(new Part.Text("text \"" + random.nextInt() + "\""));
    }
    if (random.nextInt(4) == 0) {
      parts.add(new Part.Refusal("no"));
    }
    boolean said = !(parts.getLast() instanceof Part.Reasoning);
    for (int i = random.nextInt(4); i > 0 && said; i--) {
      if (random.nextBoolean()) {
        Signature own =
            new Signature(WireFormat.GEMINI, Signature.Kind.SIGNATURE, "g" + i, Optional.empty());
        parts.add(new Part.Reasoning("", Optional.of(own)));
      }
      parts.add(new Part.ToolCall("c" + i, "f", "{\"a\":" + i + "}"));
    }
    return parts;
  }

  @RepeatedTest(300)
  void an_answer_is_kept(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    List<Part> parts = said(new Random(seed));
    Details details =
        new Details(
            CallKind.PROVIDER,
            "p",
            "m",
            Usage.ABSENT,
            Cost.unknown(),
            List.of(),
            new Timings(NOW, Duration.ZERO, Optional.empty()),
            Optional.empty(),
            List.of(),
            false);
    String body =
        new ChatAnswerWriter(new UUID(0, 1), "m", NOW, false)
            .whole(new Answer(parts, FinishReason.STOP, details))
            .utf8();
    int from = body.indexOf("\"message\":") + "\"message\":".length();
    String message = body.substring(from, body.indexOf(",\"logprobs\":", from));
    RequestRead read =
        ChatRequestReader.read(
            Bytes.utf8("{\"model\":\"m\",\"messages\":[" + message + "]}"),
            Map.of(),
            Optional.empty());
    assertThat(read).as("seed " + seed).isInstanceOf(RequestRead.Valid.class);
    ChatRequest request = ((RequestRead.Valid) read).request();
    assertThat(request.messages().getFirst().parts()).as("seed " + seed).isEqualTo(parts);
    assertThat(request.wire().orElseThrow().unread()).isEmpty();
  }
}
