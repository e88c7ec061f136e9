package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.store.StoredCall;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded, and how it is read again. */
class SqliteLedgerTest {
  @TempDir private Path path;

  private final SampleCalls samples = new SampleCalls(Clock.system(), 1);
  private LedgerFolder folder;
  private SqliteLedger ledger;

  @BeforeEach
  void open() throws Exception {
    folder = new LedgerFolder(path.resolve("home"));
    ledger = folder.open();
  }

  @AfterEach
  void closeAndVerify() throws Exception {
    ledger.close();
    folder.intactRecords();
  }

  private StoredCall recorded(CallRecord call) {
    assertThat(ledger.record(call).await()).isEqualTo(Durability.RECORDED);
    return ledger.calls().find(call.context().callId()).orElseThrow();
  }

  @Nested
  class A_recorded_call {
    @Test
    void is_found_with_every_value_that_it_had() {
      CallRecord call = samples.complete();

      StoredCall stored = recorded(call);

      Details details = call.outcome().details();
      CallContext context = call.context();
      assertThat(stored.row())
          .isEqualTo(
              new CallRow(
                  context.callId(),
                  context.attachment().parentId(),
                  Optional.of("run-1"),
                  Optional.of("round2/gpt#3"),
                  CallKind.PROVIDER,
                  "local",
                  Optional.of("user-9"),
                  call.leaderId(),
                  "openai",
                  "gpt-4o-mini-2024-07-18",
                  "text",
                  CallStatus.SUCCESS,
                  Delivered.YES,
                  Optional.empty(),
                  Optional.of(Duration.ofNanos(1_234_567_000)),
                  Optional.of(Duration.ofMillis(80)),
                  SampleCalls.USAGE,
                  new Cost.Estimated(new Money(27_750_000)),
                  Optional.of("openai/gpt-4o-mini@2026-11-01"),
                  true,
                  Optional.of(2),
                  stored.row().writer(),
                  // The group that it names was made first.
                  2,
                  call.createdAt()));
      assertThat(stored.requestJson()).contains(SampleCalls.REQUEST.utf8());
      assertThat(stored.responseJson()).contains(SampleCalls.RESPONSE.utf8());
      assertThat(stored.errorJson()).isEmpty();
      assertThat(stored.metadataJson())
          .contains(
              "{\"team\":\"blue\",\"ticket\":\"7\",\"assay\":{\"simulated\":true,"
                  + "\"finish_reason\":\"stop\",\"attempts\":2,"
                  + "\"format\":\"openai_chat\",\"streamed\":false,"
                  + "\"warnings\":[\"the temperature was ignored\"]}}");
      assertThat(stored.attempts()).hasSize(2);
      StoredAttempt last = stored.attempts().getLast();
      assertThat(last)
          .isEqualTo(
              new StoredAttempt(
                  2,
                  "fallback",
                  "openai",
                  "gpt-4o-mini-2024-07-18",
                  Optional.of("127.0.0.1:9000"),
                  Optional.of(200),
                  Optional.empty(),
                  Optional.of("rate_limited"),
                  Duration.ofMillis(1500),
                  Duration.ofMillis(119),
                  SampleCalls.USAGE,
                  new Cost.Known(new Money(27_750_000)),
                  Optional.of("openai/gpt-4o-mini@2026-11-01"),
                  Optional.of("req_1"),
                  last.sentDigest(),
                  last.receivedDigest(),
                  details.attempts().getLast().startedAt()));
      assertThat(last.sentDigest().orElseThrow()).hasSize(64);
      assertThat(last.receivedDigest()).isNotEqualTo(last.sentDigest());
    }

    @Test
    void is_visible_in_raw_calls_with_the_columns_that_people_have_scripts_on() throws Exception {
      CallRecord call = samples.complete();
      recorded(call);

      assertThat(folder.query("SELECT name FROM pragma_table_info('raw_calls')"))
          .startsWith(
              "id",
              "parent_id",
              "run_id",
              "step",
              "kind",
              "principal",
              "user_id",
              "leader_id",
              "provider",
              "model",
              "modality",
              "status",
              "delivered",
              "request_json",
              "response_json",
              "error_json",
              "latency_ms",
              "ttft_ms",
              "tokens_json",
              "cost_usd",
              "price_version",
              "request_hash",
              "metadata_json",
              "created_at");
      assertThat(folder.query("SELECT cost_usd FROM raw_calls")).containsExactly("0.00002775");
      assertThat(folder.query("SELECT latency_ms || ' ' || ttft_ms FROM raw_calls"))
          .containsExactly("1234.567 80.0");
      assertThat(folder.query("SELECT tokens_json FROM raw_calls"))
          .containsExactly(
              "{\"input\":10,\"cache_read\":20,\"cache_write_5m\":30,\"cache_write_1h\":40,"
                  + "\"output\":50,\"reasoning\":25,\"input_audio\":4,\"output_audio\":7,"
                  + "\"total\":150,\"provenance\":\"reported\"}");
      assertThat(folder.query("SELECT request_json FROM raw_calls"))
          .containsExactly(SampleCalls.REQUEST.utf8());
      assertThat(
              java.time.Instant.parse(folder.query("SELECT created_at FROM raw_calls").getFirst()))
          .isEqualTo(call.createdAt());
      assertThat(folder.query("SELECT created_at FROM raw_calls").getFirst())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void shows_its_attempts_in_call_attempts() throws Exception {
      CallRecord call = samples.complete();
      recorded(call);

      assertThat(folder.query("SELECT name FROM pragma_table_info('call_attempts')"))
          .containsExactly(
              "call_id",
              "number",
              "role",
              "provider",
              "model",
              "endpoint",
              "http_status",
              "error_code",
              "retry_reason",
              "delay_ms",
              "latency_ms",
              "tokens_json",
              "cost_usd",
              "price_version",
              "provider_request_id",
              "sent_digest",
              "received_digest",
              "started_at");
      assertThat(
              folder.query(
                  "SELECT number || role || coalesce(error_code, '') || coalesce(cost_usd, '?')"
                      + " FROM call_attempts WHERE call_id = '"
                      + call.context().callId()
                      + "' ORDER BY number"))
          .containsExactly("1tryrate_limited?", "2fallback0.00002775");
    }

    @Test
    void with_a_cost_of_nothing_differs_from_one_with_an_unknown_cost() throws Exception {
      Details free = samples.details(Optional.empty(), samples.attempt(1), Cost.free());
      recorded(
          samples.record(
              samples.context(Attachment.NONE),
              samples.answer(Optional.empty()).withDetails(free)));
      CallRecord unknown =
          samples.record(
              samples.context(Attachment.NONE),
              samples.failure(ErrorCode.CONNECTION_LOST, Optional.empty()));

      assertThat(recorded(unknown).row().cost()).isEqualTo(Cost.unknown());
      assertThat(folder.query("SELECT coalesce(cost_usd, 'unknown') FROM raw_calls ORDER BY seq"))
          .containsExactly("0", "unknown");
    }

    @Test
    void is_never_replaced_by_another_with_its_identifier() {
      CallRecord first = samples.answered();
      recorded(first);
      CallRecord second =
          samples.record(
              first.context(), samples.failure(ErrorCode.INTERNAL_ERROR, Optional.empty()));

      assertThat(ledger.record(second).await()).isEqualTo(Durability.LOST);
      assertThat(ledger.record(samples.answered()).await()).isEqualTo(Durability.RECORDED);
      assertThat(ledger.calls().find(first.context().callId()).orElseThrow().row().status())
          .isEqualTo(CallStatus.SUCCESS);
    }

    @Test
    void that_is_not_there_is_not_found() {
      assertThat(ledger.calls().find(UUID.randomUUID())).isEmpty();
    }
  }

  @Nested
  class A_failure {
    @Test
    void is_told_with_the_providers_words() {
      ProviderError error =
          new ProviderError(
              WireFormat.OPENAI_CHAT,
              429,
              Optional.of("slow down"),
              Bytes.utf8("{\"error\":{\"message\":\"slow down\"}}"),
              true);
      Failure failure = samples.failure(ErrorCode.RATE_LIMITED, Optional.of(error));

      StoredCall stored = recorded(samples.record(samples.context(Attachment.NONE), failure));

      assertThat(stored.row().status()).isEqualTo(CallStatus.FAILED);
      assertThat(stored.row().errorCode()).contains("rate_limited");
      assertThat(stored.responseJson()).isEmpty();
      assertThat(stored.errorJson())
          .contains(
              "{\"code\":\"rate_limited\",\"blame\":\"provider\",\"message\":\"It did not work.\","
                  + "\"field\":\"messages[0]\",\"retryable\":true,\"http_status\":429,"
                  + "\"provider_message\":\"slow down\","
                  + "\"provider_body\":{\"error\":{\"message\":\"slow down\"}}}");
    }

    @Test
    void keeps_words_that_are_no_json_as_a_text() {
      ProviderError error =
          new ProviderError(
              WireFormat.OPENAI_CHAT, 502, Optional.empty(), Bytes.utf8("<html>\"no\""), true);
      Failure failure = samples.failure(ErrorCode.PROVIDER_ERROR, Optional.of(error));

      StoredCall stored = recorded(samples.record(samples.context(Attachment.NONE), failure));

      assertThat(stored.errorJson().orElseThrow())
          .endsWith("\"http_status\":502,\"provider_body\":\"<html>\\\"no\\\"\"}");
    }

    @Test
    void before_anything_was_sent_is_a_refusal() {
      StoredCall stored =
          recorded(
              samples.record(
                  samples.context(Attachment.NONE), samples.refused(ErrorCode.MODEL_NOT_FOUND)));

      assertThat(stored.row().status()).isEqualTo(CallStatus.REFUSED);
      assertThat(stored.row().kind()).isEqualTo(CallKind.REFUSED);
      assertThat(stored.row().model()).isEqualTo("nobody/knows");
      assertThat(stored.attempts()).isEmpty();
    }
  }

  @Nested
  class A_response {
    @Test
    void that_is_no_json_is_kept_as_a_text() {
      CallRecord call =
          samples.record(
              samples.context(Attachment.NONE),
              samples.answer(
                  Optional.of(SampleCalls.exchange(Bytes.utf8("{\"cut\":\"of"), false))));

      assertThat(recorded(call).responseJson()).contains("\"{\\\"cut\\\":\\\"of\"");
    }

    @Test
    void with_something_behind_its_end_is_kept_as_a_text() {
      CallRecord call =
          samples.record(
              samples.context(Attachment.NONE),
              samples.answer(Optional.of(SampleCalls.exchange(Bytes.utf8("{} {}"), false))));

      assertThat(recorded(call).responseJson()).contains("\"{} {}\"");
    }

    @Test
    void of_a_model_in_process_has_the_form_of_a_completion() {
      CallRecord call =
          samples.record(samples.context(Attachment.NONE), samples.answer(Optional.empty()));

      assertThat(recorded(call).responseJson().orElseThrow())
          .contains("\"object\":\"chat.completion\"", "\"content\":\"gut\"");
    }
  }

  @Nested
  class A_stream {
    @Test
    void has_its_start_recorded_before_its_end_and_its_request_once() throws Exception {
      CallStart start = samples.start(samples.context(Attachment.NONE));
      assertThat(ledger.start(start).await()).isEqualTo(Durability.RECORDED);
      assertThat(folder.query("SELECT call_id FROM call_starts"))
          .containsExactly(start.context().callId().toString());

      StoredCall stored = recorded(samples.ended(start));

      assertThat(stored.row().seq()).isEqualTo(2);
      assertThat(stored.requestJson()).contains(SampleCalls.REQUEST.utf8());
      assertThat(stored.responseJson())
          .contains(
              "{\"streamed\":true,\"text\":\"gut\",\"events\":[{\"delta\":\"gu\"},{\"delta\":\"t\"}]}");
      assertThat(folder.query("SELECT count(*) FROM ledger_bodies WHERE request IS NOT NULL"))
          .containsExactly("1");
      assertThat(folder.query("SELECT request_json FROM raw_calls"))
          .containsExactly(SampleCalls.REQUEST.utf8());
    }

    @Test
    void whose_start_nobody_recorded_brings_its_request_with_its_end() {
      CallStart start = samples.start(samples.context(Attachment.NONE));

      assertThat(recorded(samples.ended(start)).requestJson()).contains(SampleCalls.REQUEST.utf8());
    }
  }

  @Nested
  class News_that_an_outcome_did_not_arrive {
    @Test
    void changes_what_is_read_and_nothing_that_is_stored() throws Exception {
      CallRecord call = samples.answered();
      recorded(call);
      UUID id = call.context().callId();

      assertThat(ledger.undelivered(id, Delivered.PARTIAL).await()).isEqualTo(Durability.RECORDED);
      assertThat(ledger.undelivered(id, Delivered.NO).await()).isEqualTo(Durability.RECORDED);

      assertThat(ledger.calls().find(id).orElseThrow().row().delivered()).isEqualTo(Delivered.NO);
      assertThat(folder.query("SELECT delivered FROM raw_calls")).containsExactly("no");
      assertThat(folder.query("SELECT delivered FROM ledger_calls")).containsExactly("yes");
    }
  }

  @Nested
  class A_call_that_names_a_group {
    @Test
    void joins_it_and_makes_it_when_it_is_the_first() throws Exception {
      CallRecord first = samples.inGroup("Ärger");
      CallRecord second = samples.inGroup("Ärger");
      recorded(first);
      recorded(second);

      assertThat(folder.query("SELECT group_type || name || members FROM groups"))
          .containsExactly("labelÄrger2");
      assertThat(folder.query("SELECT call_id FROM group_members ORDER BY position"))
          .containsExactly(
              first.context().callId().toString(), second.context().callId().toString());
      assertThat(folder.query("SELECT event_type || details FROM ledger_events"))
          .containsExactly("group_created{\"group_type\":\"label\",\"name\":\"Ärger\"}");
      CallFilter ofGroup =
          new CallFilter(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of("Ärger"),
              Optional.empty(),
              Optional.empty());
      recorded(samples.answered());
      assertThat(ledger.calls().list(new CallQuery(ofGroup, 10, Optional.empty())).calls())
          .extracting(CallRow::id)
          .containsExactly(second.context().callId(), first.context().callId());
    }

    @Test
    void joins_the_group_that_an_earlier_process_made() throws Exception {
      recorded(samples.inGroup("g"));
      ledger.close();
      ledger = folder.open();
      recorded(samples.inGroup("g"));

      assertThat(folder.query("SELECT position FROM group_members ORDER BY position"))
          .containsExactly("0", "1");
      assertThat(folder.query("SELECT count(*) FROM groups")).containsExactly("1");
    }
  }

  @Nested
  class Records {
    @Test
    void have_places_in_the_order_in_which_they_were_taken() throws Exception {
      List<CallRecord> calls =
          java.util.stream.Stream.generate(samples::answered).limit(200).toList();
      List<dev.assay.core.store.Receipt> receipts = calls.stream().map(ledger::record).toList();
      assertThat(receipts).allMatch(receipt -> receipt.await() == Durability.RECORDED);

      assertThat(folder.query("SELECT id FROM raw_calls ORDER BY seq"))
          .containsExactlyElementsOf(
              calls.stream().map(call -> call.context().callId().toString()).toList());
      assertThat(folder.query("SELECT count(DISTINCT seq) || '-' || max(seq) FROM raw_calls"))
          .containsExactly("200-200");
    }

    @Test
    void go_on_where_an_earlier_process_ended() throws Exception {
      recorded(samples.answered());
      ledger.close();
      ledger = folder.open();

      assertThat(recorded(samples.answered()).row().seq()).isEqualTo(2);
      assertThat(folder.query("SELECT count(DISTINCT writer) FROM raw_calls")).containsExactly("1");
    }

    @Test
    void that_come_after_the_end_are_lost_and_say_so() {
      ledger.close();

      assertThat(ledger.record(samples.answered()).await()).isEqualTo(Durability.LOST);
      assertThat(ledger.admits()).isFalse();
    }

    @Test
    void of_an_unknown_usage_are_told_from_those_without_any() {
      Details details =
          samples
              .details(Optional.empty(), samples.attempt(1), Cost.unknown())
              .withAttempts(List.of());
      Details absent =
          new Details(
              details.kind(),
              details.provider(),
              details.model(),
              Usage.ABSENT,
              Cost.unknown(),
              List.of(),
              details.timings(),
              Optional.empty(),
              List.of(),
              false);
      CallRecord call =
          samples.record(
              samples.context(Attachment.NONE),
              samples.answer(Optional.empty()).withDetails(absent));

      assertThat(recorded(call).row().usage()).isEqualTo(Usage.ABSENT);
    }
  }
}
