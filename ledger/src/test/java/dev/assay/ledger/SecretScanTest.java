package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that comes in by every text there is, is in no file of the home. */
class SecretScanTest {
  private static final String KEY = "sk-live-9f8e7d6c5b4a39281706f5e4d3c2b1a0";

  @TempDir private Path path;

  private final SampleCalls samples = new SampleCalls(Clock.system(), 23);

  private static String keyed(String text) {
    return text + " " + KEY;
  }

  private CallContext context() {
    return new CallContext(
        samples.id(),
        new Attachment(
            Optional.of(samples.id()),
            Optional.of(keyed("run")),
            Optional.of(keyed("step")),
            Optional.of(keyed("group"))),
        new Principal(keyed("someone")),
        samples.now().plusSeconds(60),
        new Cancellation(),
        new AttemptBudget(1, 1),
        Map.of(keyed("name"), keyed("value")));
  }

  private CallRecord failed(CallContext context) {
    Bytes body = Bytes.utf8("{\"error\":{\"message\":\"Incorrect API key: " + KEY + "\"}}");
    Attempt plain = samples.attempt(1);
    Attempt attempt =
        new Attempt(
            1,
            plain.role(),
            keyed("provider"),
            keyed("model"),
            Optional.of(keyed("host")),
            Optional.of(401),
            Optional.of(ErrorCode.PROVIDER_AUTHENTICATION),
            Optional.empty(),
            Duration.ZERO,
            Duration.ofMillis(4),
            Usage.NONE,
            Cost.free(),
            Optional.empty(),
            Optional.of(keyed("request")),
            Optional.of(Bytes.utf8(keyed("sent"))),
            Optional.of(body),
            samples.now());
    Details details =
        new Details(
            CallKind.PROVIDER,
            keyed("provider"),
            keyed("model"),
            Usage.NONE,
            Cost.free(),
            List.of(attempt),
            new Timings(samples.now(), Duration.ofMillis(5), Optional.empty()),
            Optional.of(SampleCalls.exchange(Bytes.utf8("[\"" + KEY + "\"]"), true)),
            List.of(keyed("warning")),
            false);
    Failure failure =
        new Failure(
            ErrorCode.PROVIDER_AUTHENTICATION,
            keyed("The provider says:"),
            Optional.of(keyed("field")),
            RetryDecision.never(),
            Optional.of(
                new ProviderError(
                    WireFormat.OPENAI_CHAT, 401, Optional.of(keyed("no")), body, true)),
            List.of(new Part.Text(keyed("partial"))),
            details);
    return new CallRecord(
        context,
        "text",
        Optional.of(keyed("user")),
        Optional.empty(),
        Bytes.utf8("{\"messages\":\"" + KEY + "\"}"),
        false,
        failure,
        Delivered.YES,
        samples.now());
  }

  @Test
  void no_file_of_the_home_has_it() throws Exception {
    LedgerFolder folder = new LedgerFolder(path.resolve("home"));
    try (SqliteLedger ledger =
        SqliteLedger.open(folder.settings(), Clock.system(), Secrets.of(List.of(KEY)))) {
      CallContext context = context();
      CallStart start =
          new CallStart(
              context, keyed("model"), Bytes.utf8("{\"prompt\":\"" + KEY + "\"}"), samples.now());
      assertThat(ledger.start(start).await()).isEqualTo(Durability.RECORDED);
      assertThat(ledger.record(failed(context)).await()).isEqualTo(Durability.RECORDED);
      assertThat(ledger.undelivered(context.callId(), Delivered.NO).await().safe()).isTrue();
      scan(folder);
      try (Connection other = folder.connect();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThat(ledger.record(failed(context())).await()).isEqualTo(Durability.SPILLED);
        scan(folder);
      }
    }
    scan(folder);
    assertThat(folder.query("SELECT error_json FROM raw_calls").getFirst())
        .contains("Incorrect API key: " + Secrets.MASK);
    folder.intactRecords();
  }

  private static void scan(LedgerFolder folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One byte a character, so that no byte sequence escapes the search.
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content.contains(KEY)).as(file.toString()).isFalse();
      }
    }
  }
}
