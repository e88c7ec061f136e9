package dev.assay.bench;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.id.UuidV7;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Calls as a gateway records them: about 750 bytes of request and of response, one attempt. */
final class LedgerSamples {
  private static final int TEXT = 600;
  private static final int SPREAD_MICROS = 40_000;

  private final Clock clock = Clock.system();
  private final Random random = new Random(7);
  private final UuidV7 ids = new UuidV7(clock, random);
  private final Bytes request;
  private final Bytes response;

  LedgerSamples() {
    String text = text();
    request =
        Bytes.utf8(
            "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}],\"temperature\":0.7,\"max_tokens\":256}");
    response =
        Bytes.utf8(
            "{\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion\",\"created\":1763000000,"
                + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                + "\"assistant\",\"content\":\""
                + text
                + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":163,"
                + "\"completion_tokens\":151,\"total_tokens\":314}}");
  }

  CallRecord call() {
    Instant now = clock.now();
    Duration latency = Duration.ofNanos(1_000L * (1_000 + random.nextInt(SPREAD_MICROS)));
    Usage usage = Usage.reported(163, 151);
    Cost cost = new Cost.Known(new Money(115_050_000));
    Attempt attempt =
        new Attempt(
            1,
            AttemptRole.TRY,
            "openai",
            "gpt-4o-mini-2024-07-18",
            Optional.of("127.0.0.1:9000"),
            Optional.of(200),
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            latency,
            usage,
            cost,
            Optional.of("openai/gpt-4o-mini@2026-11-01"),
            Optional.of("req_0123456789abcdef0123456789abcdef"),
            Optional.of(request),
            Optional.of(response),
            now);
    Exchange exchange =
        new Exchange(WireFormat.OPENAI_CHAT, 200, Map.of(), response, false, List.of());
    Details details =
        new Details(
            CallKind.PROVIDER,
            "openai",
            "gpt-4o-mini-2024-07-18",
            usage,
            cost,
            List.of(attempt),
            new Timings(now, latency, Optional.empty()),
            Optional.of(exchange),
            List.of(),
            false);
    CallContext context =
        new CallContext(
            ids.next(),
            Attachment.NONE,
            Principal.LOCAL,
            now.plusSeconds(900),
            new Cancellation(),
            new AttemptBudget(6, 4),
            Map.of());
    Answer answer = new Answer(List.of(new Part.Text("")), FinishReason.STOP, details);
    return new CallRecord(
        context,
        "text",
        Optional.empty(),
        Optional.empty(),
        request,
        false,
        answer,
        Delivered.YES,
        now);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    while (text.length() < TEXT) {
      text.append("word").append(random.nextInt(10_000)).append(' ');
    }
    return text.substring(0, TEXT);
  }
}
