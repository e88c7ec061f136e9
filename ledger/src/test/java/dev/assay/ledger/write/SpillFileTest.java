package dev.assay.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.time.Clock;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
  private static final int RESERVE = 64 * 1024;
  private static final int HEADER = 24;
  private static final String WORDS = "a body that must not be left behind";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("assay.spill");
  }

  private SpillFile open() throws IOException {
    return SpillFile.open(file(), RESERVE, Clock.system());
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
    System.arraycopy(now, 0, before, 0, HEADER);
    Files.write(file(), before);

    try (SpillFile file = open()) {
      assertThat(file.isEmpty()).isTrue();
    }
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.equals(file())).toList();
    }
  }

  @Nested
  class Cut_by_a_crash {
    @Test
    void while_records_were_appended_it_has_those_before_them_whatever_the_byte() throws Exception {
      byte[] before;
      byte[] after;
      try (SpillFile file = open()) {
        file.append(List.of(entry("1", 7), entry("2", 30)));
        before = Files.readAllBytes(file());
        file.append(List.of(entry("3", 11), entry("4", 2_000)));
        after = Files.readAllBytes(file());
      }
      int end = after.length;
      while (after[end - 1] == 0) {
        end--;
      }
      for (int reached = HEADER; reached <= end; reached++) {
        byte[] torn = before.clone();
        // Any part of what is being written may be there, the beginning or the end.
        int from = reached % 2 == 0 ? HEADER : reached;
        int to = reached % 2 == 0 ? reached : end;
        System.arraycopy(after, from, torn, from, to - from);
        Files.write(file(), torn);
        try (SpillFile file = open()) {
          assertThat(ids(file)).as(from + " to " + to).containsExactly("1", "2");
          file.append(List.of(entry("5", 0)));
        }
        try (SpillFile file = open()) {
          assertThat(ids(file)).as(from + " to " + to).containsExactly("1", "2", "5");
        }
      }
      assertThat(kept()).isEmpty();
    }

    @Test
    void while_it_was_made_it_is_made_again() throws Exception {
      for (int length : new int[] {0, 5, HEADER, 3 * HEADER, RESERVE}) {
        Files.write(file(), new byte[length]);
        open().close();
        assertThat(Files.size(file())).isEqualTo(RESERVE);
      }
      assertThat(kept()).isEmpty();
    }
  }

  @Nested
  class Damaged {
    @Test
    void is_kept_aside_as_it_is_and_the_records_before_the_damage_stay() throws Exception {
      try (SpillFile file = open()) {
        file.append(List.of(entry("1", 0), entry("2", 0), entry("3", 0)));
      }
      String text = Files.readString(file(), StandardCharsets.ISO_8859_1);
      int second = text.indexOf(WORDS, text.indexOf(WORDS) + 1);
      damage(second);
      byte[] damaged = Files.readAllBytes(file());

      try (SpillFile file = open()) {
        assertThat(ids(file)).containsExactly("1");
        file.append(List.of(entry("4", 0)));
        assertThat(ids(file)).containsExactly("1", "4");
      }

      requireKept(damaged);
      try (SpillFile file = open()) {
        assertThat(ids(file)).containsExactly("1", "4");
      }
      assertThat(kept()).hasSize(1);
    }

    @Test
    void anywhere_in_a_record_or_in_the_header_is_kept_aside() throws Exception {
      try (SpillFile file = open()) {
        file.append(List.of(entry("1", 0)));
      }
      byte[] whole = Files.readAllBytes(file());
      int end = whole.length;
      while (whole[end - 1] == 0) {
        end--;
      }
      for (int place = 0; place < end; place++) {
        Files.write(file(), whole);
        damage(place);
        byte[] damaged = Files.readAllBytes(file());
        try (SpillFile file = open()) {
          assertThat(file.isEmpty()).as("damage at " + place).isTrue();
        }
        requireKept(damaged);
        Files.delete(kept().getFirst());
      }
    }

    @Test
    void by_a_cut_is_kept_aside() throws Exception {
      try (SpillFile file = SpillFile.open(file(), 0, Clock.system())) {
        file.append(List.of(entry("1", 0), entry("2", 0)));
      }
      byte[] cut = Arrays.copyOf(Files.readAllBytes(file()), (int) Files.size(file()) - 1);
      Files.write(file(), cut);

      try (SpillFile file = open()) {
        assertThat(ids(file)).containsExactly("1");
      }
      requireKept(cut);
    }

    @Test
    void while_it_is_open_gives_no_record_that_was_not_written() throws Exception {
      try (SpillFile file = open()) {
        file.append(List.of(entry("1", 0)));
        damage(Files.readString(file(), StandardCharsets.ISO_8859_1).indexOf(WORDS));

        assertThatThrownBy(() -> ids(file))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("damaged at byte " + HEADER);
      }
    }

    private void damage(int place) throws IOException {
      try (FileChannel channel =
          FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, place);
        one.put(0, (byte) (one.get(0) ^ 0x15)).rewind();
        channel.write(one, place);
      }
    }

    private void requireKept(byte[] damaged) throws IOException {
      assertThat(kept()).hasSize(1);
      Path kept = kept().getFirst();
      assertThat(kept.getFileName().toString())
          .matches("assay\\.spill\\.damaged-\\d{8}T\\d{6}\\.\\d{3}Z");
      assertThat(Files.readAllBytes(kept)).isEqualTo(damaged);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-------");
    }
  }
}
