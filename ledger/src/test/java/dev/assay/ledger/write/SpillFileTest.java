package dev.assay.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.Bodies;
import dev.assay.ledger.record.Body;
import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
  private static final int RESERVE = 64 * 1024;
  private static final String WORDS = "a body that must not be left behind";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("assay.spill");
  }

  private SpillFile open() throws IOException {
    return SpillFile.open(file(), RESERVE);
  }

  private static Entry entry(String id, int bodyBytes) {
    Object[] values = {id, "call", "no", 1L};
    Bodies bodies =
        new Bodies(
            Map.of(
                BodyPart.REQUEST,
                new Body(Bytes.utf8("nonce"), Bytes.utf8(WORDS + "x".repeat(bodyBytes)))));
    return new Entry(RecordType.DELIVERY, values, List.of(), bodies);
  }

  private static List<String> ids(SpillFile file) throws IOException {
    List<String> ids = new ArrayList<>();
    file.rewind();
    while (!file.allRead()) {
      file.next(2).forEach(entry -> ids.add(entry.id()));
    }
    return ids;
  }

  @Test
  void keeps_room_on_the_disk_from_the_start() throws Exception {
    open().close();

    assertThat(Files.size(file())).isEqualTo(RESERVE);
  }

  @Test
  void gives_records_back_in_order_also_to_another_process() throws Exception {
    try (SpillFile file = open()) {
      file.append(List.of(entry("1", 0), entry("2", 0)));
      file.append(List.of(entry("3", 2 * RESERVE)));
      assertThat(ids(file)).containsExactly("1", "2", "3");
    }
    try (SpillFile file = open()) {
      assertThat(file.records()).isEqualTo(3);
      assertThat(ids(file)).containsExactly("1", "2", "3");
      file.append(List.of(entry("4", 0)));
      assertThat(ids(file)).containsExactly("1", "2", "3", "4");
    }
  }

  @Test
  void is_empty_and_has_forgotten_once_it_is_cleared() throws Exception {
    try (SpillFile file = open()) {
      file.append(List.of(entry("1", 0), entry("2", 3 * RESERVE)));
      file.clear();
      assertThat(file.isEmpty()).isTrue();
      assertThat(ids(file)).isEmpty();
      file.append(List.of(entry("5", 0)));
    }
    assertThat(Files.size(file())).isEqualTo(RESERVE);
    try (SpillFile file = open()) {
      assertThat(ids(file)).containsExactly("5");
      file.clear();
    }
    assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1)).doesNotContain(WORDS);
  }

  @Test
  void does_not_take_what_was_there_before_it_was_cleared_for_records() throws Exception {
    byte[] before;
    try (SpillFile file = open()) {
      file.append(List.of(entry("1", 0), entry("2", 0)));
      before = Files.readAllBytes(file());
      file.clear();
    }
    // As if the zeros had not reached the disk: the old records stand behind the new header.
    byte[] now = Files.readAllBytes(file());
    System.arraycopy(now, 0, before, 0, 12);
    Files.write(file(), before);

    try (SpillFile file = open()) {
      assertThat(file.isEmpty()).isTrue();
    }
  }

  @Test
  void ends_where_a_crash_cut_it_whatever_the_byte() throws Exception {
    long[] ends = new long[4];
    Random random = new Random(17);
    try (SpillFile file = SpillFile.open(file(), 0)) {
      ends[0] = Files.size(file());
      for (int i = 1; i < ends.length; i++) {
        file.append(List.of(entry(String.valueOf(i), random.nextInt(50))));
        ends[i] = Files.size(file());
      }
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = 12; length <= whole.length; length++) {
      Files.write(file(), java.util.Arrays.copyOf(whole, length));
      int intact = 0;
      while (intact + 1 < ends.length && ends[intact + 1] <= length) {
        intact++;
      }
      try (SpillFile file = SpillFile.open(file(), 0)) {
        assertThat(ids(file)).as("cut at " + length).hasSize(intact);
      }
    }
  }

  @Test
  void ends_before_a_record_that_was_damaged() throws Exception {
    try (SpillFile file = open()) {
      file.append(List.of(entry("1", 0), entry("2", 0), entry("3", 0)));
    }
    String text = Files.readString(file(), StandardCharsets.ISO_8859_1);
    int second = text.indexOf(WORDS, text.indexOf(WORDS) + 1);
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'X'}), second);
    }

    try (SpillFile file = open()) {
      assertThat(ids(file)).containsExactly("1");
    }
  }
}
