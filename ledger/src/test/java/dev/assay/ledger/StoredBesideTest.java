package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.store.StoredCall;
import dev.assay.core.store.StoredForm;
import dev.assay.core.time.Clock;
import dev.assay.core.vector.KeyedVector;
import dev.assay.core.vector.Vector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in the transaction of a record without being hashed with it. */
class StoredBesideTest {
  @TempDir private Path path;
  private final SampleCalls samples = new SampleCalls(Clock.system(), 11);
  private LedgerFolder folder;

  @BeforeEach
  void folder() {
    folder = new LedgerFolder(path);
  }

  @AfterEach
  void the_ledger_is_intact() throws Exception {
    folder.intactRecords();
  }

  @Nested
  class Vectors {
    private final Vector vector = Vector.of(0.1f, -0.0f, Float.MIN_VALUE, 3.4e38f, 1 / 3f);

    @Test
    void come_back_bit_for_bit_after_a_restart() throws Exception {
      Bytes key;
      CallRecord call;
      try (SqliteLedger ledger = folder.open()) {
        key = ledger.embeddings().digest(Bytes.utf8("text"));
        assertThat(ledger.embeddings().find(List.of(key))).containsExactly(Optional.empty());
        call = samples.embedded(key, new KeyedVector(key, vector));
        ledger.record(call).await();
      }

      try (SqliteLedger ledger = folder.open()) {
        assertThat(ledger.embeddings().digest(Bytes.utf8("text"))).isEqualTo(key);
        Bytes other = ledger.embeddings().digest(Bytes.utf8("other"));
        assertThat(ledger.embeddings().find(List.of(other, key, key)))
            .containsExactly(Optional.empty(), Optional.of(vector), Optional.of(vector));
      }
      assertThat(
              folder.query(
                  "SELECT model || ' ' || dimension || ' ' || call_id || ' ' || (norm > 3e38)"
                      + " FROM ledger_vectors"))
          .containsExactly("openai/gpt-4o-mini-2024-07-18 5 " + call.context().callId() + " 1");
    }

    @Test
    void stay_the_first_that_came_under_a_key() throws Exception {
      try (SqliteLedger ledger = folder.open()) {
        Bytes key = ledger.embeddings().digest(Bytes.utf8("text"));
        ledger.record(samples.embedded(key, new KeyedVector(key, vector))).await();
        ledger.record(samples.embedded(key, new KeyedVector(key, Vector.of(9)))).await();
        assertThat(ledger.embeddings().find(List.of(key))).containsExactly(Optional.of(vector));
        assertThat(ledger.embeddings().keep(key, Vector.of(9))).isEqualTo(vector);
      }
      assertThat(folder.query("SELECT count(*) FROM ledger_vectors")).containsExactly("1");
    }

    @Test
    void are_found_before_their_record_is_durable() throws Exception {
      try (SqliteLedger ledger = folder.open()) {
        EmbeddingCache cache = ledger.embeddings();
        Bytes key = cache.digest(Bytes.utf8("text"));
        assertThat(cache.keep(key, vector)).isEqualTo(vector);
        assertThat(cache.keep(key, Vector.of(9))).isEqualTo(vector);
        assertThat(cache.find(List.of(key))).containsExactly(Optional.of(vector));
      }
      assertThat(folder.query("SELECT count(*) FROM ledger_vectors")).containsExactly("0");
    }

    @Test
    void are_found_in_any_number_at_once() throws Exception {
      List<Bytes> keys = new ArrayList<>();
      try (SqliteLedger ledger = folder.open()) {
        KeyedVector[] fresh = new KeyedVector[1_201];
        for (int i = 0; i < fresh.length; i++) {
          keys.add(ledger.embeddings().digest(Bytes.utf8("text " + i)));
          fresh[i] = new KeyedVector(keys.get(i), Vector.of(i, 1));
        }
        ledger.record(samples.embedded(keys.getFirst(), fresh)).await();
      }
      try (SqliteLedger ledger = folder.open()) {
        List<Optional<Vector>> found = ledger.embeddings().find(keys);
        for (int i = 0; i < keys.size(); i++) {
          assertThat(found.get(i)).contains(Vector.of(i, 1));
        }
      }
    }

    @Test
    void are_told_of_by_the_call_that_brought_them() throws Exception {
      try (SqliteLedger ledger = folder.open()) {
        Bytes key = ledger.embeddings().digest(Bytes.utf8("text"));
        CallRecord call = samples.embedded(key, new KeyedVector(key, Vector.of(1)));
        ledger.record(call).await();

        StoredCall stored = ledger.calls().find(call.context().callId()).orElseThrow();
        assertThat(stored.requestHash()).contains(HexFormat.of().formatHex(key.toArray()));
        assertThat(stored.form()).contains(new StoredForm(WireFormat.OPENAI_EMBEDDINGS, false));
        assertThat(stored.responseJson().orElseThrow())
            .contains("\"embedding\":\"AACAPw==\"", "\"cached\":[false]");
        assertThat(stored.metadataJson().orElseThrow())
            .contains("\"embeddings\":{\"texts\":1,\"cached\":0}");
      }
    }
  }

  @Nested
  class Responses {
    private static final Exchange STREAM =
        new Exchange(
            WireFormat.ANTHROPIC_MESSAGES, 200, Map.of(), Bytes.utf8("[{}]"), true, List.of());

    @Test
    void are_found_by_their_identifier_with_the_form_they_are_written_in() throws Exception {
      CallRecord whole =
          samples.withResponse("resp_assay_1", SampleCalls.exchange(SampleCalls.RESPONSE, false));
      CallRecord stream = samples.withResponse("resp_assay_2", STREAM);
      try (SqliteLedger ledger = folder.open()) {
        ledger.record(whole);
        ledger.record(stream);
        ledger.record(samples.answered()).await();
      }
      try (SqliteLedger ledger = folder.open()) {
        StoredCall first = ledger.calls().response("resp_assay_1", Principal.LOCAL).orElseThrow();
        assertThat(first.row().id()).isEqualTo(whole.context().callId());
        assertThat(first.form()).contains(new StoredForm(WireFormat.OPENAI_CHAT, false));
        StoredCall second = ledger.calls().response("resp_assay_2", Principal.LOCAL).orElseThrow();
        assertThat(second.row().id()).isEqualTo(stream.context().callId());
        assertThat(second.form()).contains(new StoredForm(WireFormat.ANTHROPIC_MESSAGES, true));
        assertThat(ledger.calls().response("resp_assay_3", Principal.LOCAL)).isEmpty();
      }
      assertThat(folder.query("SELECT principal FROM ledger_responses"))
          .containsExactly("local", "local");
    }
  }

  @Test
  void the_newest_response_of_an_identifier_is_seen_by_who_made_it_and_by_the_host()
      throws Exception {
    Exchange exchange = SampleCalls.exchange(SampleCalls.RESPONSE, false);
    CallRecord newest = samples.withResponse("resp_1", exchange);
    try (SqliteLedger ledger = folder.open()) {
      ledger.record(samples.withResponse("resp_1", exchange)).await();
      ledger.record(newest).await();
      for (Principal principal : List.of(Principal.LOCAL, Principal.HOST)) {
        StoredCall found = ledger.calls().response("resp_1", principal).orElseThrow();
        assertThat(found.row().id()).isEqualTo(newest.context().callId());
      }
      assertThat(ledger.calls().response("resp_1", new Principal("other"))).isEmpty();
    }
  }

  @Test
  void audio_is_counted_in_calls_and_attempts() throws Exception {
    CallRecord call = samples.complete();
    try (SqliteLedger ledger = folder.open()) {
      ledger.record(call).await();
      StoredCall stored = ledger.calls().find(call.context().callId()).orElseThrow();
      assertThat(stored.row().usage()).isEqualTo(SampleCalls.USAGE);
      assertThat(stored.attempts().getLast().usage()).isEqualTo(SampleCalls.USAGE);
    }
    assertThat(folder.query("SELECT tokens_json FROM raw_calls").getFirst())
        .contains("\"input_audio\":4,\"output_audio\":7");
    assertThat(folder.query("SELECT tokens_json FROM call_attempts WHERE number = 2").getFirst())
        .contains("\"input_audio\":4,\"output_audio\":7");
  }
}
