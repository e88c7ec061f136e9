package dev.assay.ledger.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.RecordDigests.Commit;
import dev.assay.ledger.record.RecordDigests.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The format that digests are made of: what it is today, it must be for ever. */
class RecordFormatTest {
  private static final long SEED = 20_261_121;

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }

  @Nested
  class Values {
    @Test
    void are_written_with_their_type_and_their_length() {
      Bytes written =
          new ValueWriter(1)
              .value(null)
              .value(-2L)
              .value(1.5)
              .value("é")
              .value(Bytes.wrap(new byte[] {7}))
              .written();

      assertThat(hex(written))
          .isEqualTo(
              "6e"
                  + "69fffffffffffffffe"
                  + "723ff8000000000000"
                  + "7400000002c3a9"
                  + "620000000107");
    }

    @Test
    void are_read_as_they_were_written() {
      Random random = new Random(SEED);
      for (int round = 0; round < 500; round++) {
        Object[] values = values(random);
        ValueReader reader = new ValueReader(new ValueWriter(8).values(values).written());
        assertThat(reader.values(values.length)).as("seed " + SEED).isEqualTo(values);
      }
    }

    @Test
    void never_give_the_same_bytes_when_they_differ() {
      Random random = new Random(SEED);
      for (int round = 0; round < 5_000; round++) {
        Object[] one = values(random);
        Object[] other = values(random);
        Bytes first = new ValueWriter(8).values(one).written();
        Bytes second = new ValueWriter(8).values(other).written();
        assertThat(first.equals(second)).as("seed " + SEED).isEqualTo(Arrays.equals(one, other));
      }
    }

    @Test
    void of_another_type_are_refused() {
      assertThatThrownBy(() -> new ValueWriter(8).value(3))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new ValueReader(Bytes.utf8("x")).value())
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new ValueReader(Bytes.utf8("t\u0000\u0000\u0000\u0009ab")).value())
          .isInstanceOf(IllegalArgumentException.class);
    }

    private static Object[] values(Random random) {
      Object[] values = new Object[random.nextInt(4)];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (random.nextInt(5)) {
              case 0 -> null;
              case 1 -> (long) random.nextInt(3);
              case 2 -> random.nextInt(2) + 0.5;
              case 3 -> "nibt".substring(random.nextInt(4));
              default -> Bytes.utf8("nibt".substring(random.nextInt(4)));
            };
      }
      return values;
    }
  }

  private static String columns(long format) {
    StringBuilder all = new StringBuilder();
    for (RecordType type : RecordType.values()) {
      all.append(type.text()).append(type.columns(format));
    }
    all.append(RecordType.attemptColumns(format));
    return hex(RecordDigests.sha256(Bytes.utf8(all.toString())));
  }

  @Nested
  class Format_3 {
    private static final Object[] ATTEMPT = {
      1L,
      "try",
      "openai",
      "gpt-audio",
      null,
      200L,
      null,
      null,
      0L,
      119L,
      10L,
      0L,
      0L,
      0L,
      50L,
      0L,
      "reported",
      5L,
      0L,
      null,
      null,
      null,
      null,
      1_763_000_000_000_000L,
      7L,
      40L
    };

    @Test
    void gives_the_digests_that_it_always_gave() {
      RecordDigests digests = new RecordDigests();
      Bytes content = RecordDigests.content(new Object[] {"0190-call"}, List.<Object[]>of(ATTEMPT));
      Bytes record = digests.record(3, RecordType.CALL, "w1", 5, content);
      Bytes origin =
          RecordDigests.origin(
              new Origin("ledger", 1), new Origin("w1", 2), Bytes.wrap(new byte[32]));
      Bytes commit = digests.commit(3, new Commit(3, 5, 5, null, 9), "w1", origin, List.of(record));

      assertThat(hex(content))
          .isEqualTo("29536be3ab0941c9e47536a63416a960a241708d94d486131d8f153bc61539b8");
      assertThat(hex(record))
          .isEqualTo("b8444f5fffe53d85391791d44dd3bde82f8d097f9261deb57a683d664e121585");
      assertThat(hex(commit))
          .isEqualTo("59d93e97be9609097b701b2a5e7226d7ec46490d3e39dffe18eafb46179e0a05");
    }

    @Test
    void covers_exactly_these_columns() {
      assertThat(columns(RecordDigests.FORMAT))
          .as("a change of the columns is a new format")
          .isEqualTo("1e10608c7362fe36422b4d7fdc87d674d92f936659801f8a76a2901bf666ca61");
    }
  }

  @Nested
  class Format_2 {
    private static final Object[] START = {
      "0190-call",
      null,
      "run",
      "s",
      "local",
      "panel",
      null,
      Bytes.wrap(new byte[32]),
      Bytes.wrap(new byte[32]),
      1_763_000_000_000_000L,
      "user-9",
      "text",
      "provider",
      "openai",
      "gpt-4o-mini",
      0L
    };

    @Test
    void gives_the_digests_that_it_always_gave() {
      RecordDigests digests = new RecordDigests();
      Bytes content = RecordDigests.content(START, List.of());
      Bytes record = digests.record(2, RecordType.START, "w1", 5, content);
      Bytes origin =
          RecordDigests.origin(
              new Origin("ledger", 1), new Origin("w1", 2), Bytes.wrap(new byte[32]));
      Bytes commit = digests.commit(2, new Commit(3, 5, 5, null, 9), "w1", origin, List.of(record));

      assertThat(hex(content))
          .isEqualTo("2727bbb10ef924857aef4d07b40989d086e88fc907de1aa29f574911c6155a83");
      assertThat(hex(record))
          .isEqualTo("3e14018ec3b2831dc8ab326d4d846d7859ef14dc83d43928715d229c45093589");
      assertThat(hex(commit))
          .isEqualTo("31ffc07960c99510811e2fa8e5dac4ea618fb23a3944f08f8583e0ce3ba69b0d");
    }

    @Test
    void covers_exactly_these_columns() {
      assertThat(columns(2))
          .as("a change of the columns is a new format")
          .isEqualTo("096f47577d0a3ad976db2ab35c6dd40ae82a399b70c82644aa4e54ccc448c945");
    }
  }

  @Nested
  class Format_1 {
    private static final Object[] DELIVERY = {"0190-id", "0190-call", "no", 1_763_000_000_000_000L};

    @Test
    void gives_the_digests_that_it_always_gave() {
      RecordDigests digests = new RecordDigests();
      Bytes content = RecordDigests.content(DELIVERY, List.of());
      Bytes record = digests.record(1, RecordType.DELIVERY, "w1", 5, content);
      Bytes origin =
          RecordDigests.origin(
              new Origin("ledger", 1), new Origin("w1", 2), Bytes.wrap(new byte[32]));
      Bytes commit = digests.commit(1, new Commit(3, 5, 5, null, 9), "w1", origin, List.of(record));

      assertThat(hex(content))
          .isEqualTo("104ebcff00edf5440e017c3e217a9c42faba9e3dc0520e96a69c9a35b9f3c923");
      assertThat(hex(record))
          .isEqualTo("6e4befb42bc0b3d60e8c0c9b667b0300277890734aebe92e199d19f987231e33");
      assertThat(hex(origin))
          .isEqualTo("975cadbae0140b8ee966a83ea612cc3402799ed33f8d32ae4e9cce11b05f2386");
      assertThat(hex(commit))
          .isEqualTo("dd211366eb9b158190e4c184552f60aa9ca3dea78381225230a90e53ca7aecfa");
      assertThat(hex(RecordDigests.commitment(new Body(Bytes.utf8("nonce"), Bytes.utf8("body")))))
          .isEqualTo(hex(RecordDigests.sha256(Bytes.utf8("noncebody"))));
    }

    @Test
    void covers_exactly_these_columns() {
      assertThat(columns(1))
          .as("a change of the columns is a new format")
          .isEqualTo("3d8f7b7112f2c7c9b21e0e781230ce795934e5cf56bba31c114028bf2afbd39b");
    }

    @Test
    void tells_attempts_from_each_other() {
      Object[] call = new Object[] {1L};
      Object[] one = {1L, "a"};
      Object[] two = {2L, "a"};
      List<Object[]> order = new ArrayList<>(List.of(one, two));

      assertThat(RecordDigests.content(call, order))
          .isNotEqualTo(RecordDigests.content(call, order.reversed()));
    }
  }

  @Nested
  class An_entry {
    @Test
    void survives_the_way_through_the_spill_file() {
      Object[] values = new Object[RecordType.CALL.columns().size()];
      values[0] = "id";
      values[14] = 42L;
      Object[] attempt = new Object[RecordType.ATTEMPT_COLUMNS.size()];
      attempt[0] = 1L;
      Bodies bodies =
          new Bodies(
              Map.of(
                  BodyPart.REQUEST, new Body(Bytes.utf8("n"), Bytes.utf8("request")),
                  BodyPart.METADATA, new Body(Bytes.utf8("m"), Bytes.EMPTY)));
      Entry entry = new Entry(RecordType.CALL, values, List.<Object[]>of(attempt), bodies);

      Entry read = EntryCodec.read(EntryCodec.write(entry));

      assertThat(read.type()).isEqualTo(RecordType.CALL);
      assertThat(read.id()).isEqualTo("id");
      assertThat(read.number(14)).isEqualTo(42);
      assertThat(read.attempts()).hasSize(1);
      assertThat(read.bodies()).isEqualTo(bodies);
      assertThat(read.content()).isEqualTo(entry.content());
    }

    @Test
    void takes_what_is_written_beside_it_along() {
      SideRow row =
          new SideRow(SideRow.Table.RESPONSES, new Object[] {"resp_assay_1", "0190-call", "local"});
      Entry entry =
          new Entry(
              RecordType.DELIVERY,
              new Object[] {"i", "c", "no", 1L},
              List.of(),
              Bodies.NONE,
              List.of(row));

      Entry read = EntryCodec.read(EntryCodec.write(entry));
      assertThat(read.sides())
          .singleElement()
          .satisfies(side -> {
            assertThat(side.table()).isEqualTo(SideRow.Table.RESPONSES);
            assertThat(side.values()).containsExactly(row.values());
          });
      assertThat(read.content()).isEqualTo(entry.content());
    }

    @Test
    void of_an_earlier_format_has_nothing_in_the_columns_that_it_did_not_know() {
      ValueWriter written = new ValueWriter(8).value(2L).value("CALL").value("id");
      for (int i = 1; i < RecordType.CALL.columns(2).size(); i++) {
        written.value((long) i);
      }
      written.value(1L);
      RecordType.attemptColumns(2).forEach(written::value);
      written.values(Bodies.NONE.values());

      Entry read = EntryCodec.read(written.written());
      assertThat(read.id()).isEqualTo("id");
      assertThat(read.value(RecordType.CALL.index("created_at"))).isEqualTo(34L);
      assertThat(read.value(RecordType.CALL.index("output_audio_tokens"))).isNull();
      assertThat(read.attempts().getFirst())
          .hasSize(RecordType.ATTEMPT_COLUMNS.size())
          .endsWith("started_at", null, null);
      assertThat(read.sides()).isEmpty();
    }

    @Test
    void of_another_format_is_refused() {
      assertThatThrownBy(
              () -> EntryCodec.read(new ValueWriter(8).value(9L).value("CALL").written()))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void must_have_the_columns_of_its_kind() {
      assertThatThrownBy(() -> new Entry(RecordType.EVENT, new Object[1], List.of(), Bodies.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class A_place {
    @Test
    void holds_writer_and_seq() {
      long place = Place.of(3, 77);

      assertThat(Place.writer(place)).isEqualTo(3);
      assertThat(Place.seq(place)).isEqualTo(77);
      assertThat(Place.of(3, 1L << 40)).isLessThan(Place.of(4, 0));
    }
  }
}
