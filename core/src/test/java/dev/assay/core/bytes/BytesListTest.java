package dev.assay.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BytesListTest {
  private static final Bytes COMMA = Bytes.utf8(",");

  @Test
  void gives_back_pieces_of_any_length_in_their_order() {
    Random random = new Random(20_261_121);
    BytesList list = new BytesList();
    List<Bytes> pieces = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] piece =
          new byte[random.nextInt(4) == 0 ? random.nextInt(40_000) : random.nextInt(300)];
      random.nextBytes(piece);
      pieces.add(Bytes.wrap(piece));
      list.add(Bytes.wrap(piece));
    }

    assertThat(list.size()).isEqualTo(300);
    assertThat(list.length()).isEqualTo(pieces.stream().mapToInt(Bytes::length).sum());
    for (int i = 0; i < 300; i++) {
      assertThat(list.get(i)).isEqualTo(pieces.get(i));
    }
  }

  @Test
  void joins_them_without_those_that_are_empty() {
    for (int piece : List.of(1, 8_191, 8_192, 8_193, 20_000)) {
      String text = "x".repeat(piece);
      List<String> pieces = List.of("", text, "", "b", text, "");
      BytesList list = new BytesList();
      pieces.forEach(one -> list.add(Bytes.utf8(one)));

      assertThat(list.joined(Bytes.utf8("["), COMMA, Bytes.utf8("]")).utf8())
          .isEqualTo(
              pieces.stream()
                  .filter(one -> !one.isEmpty())
                  .collect(Collectors.joining(",", "[", "]")));
    }
  }

  @Test
  void joins_nothing_to_its_frame() {
    assertThat(new BytesList().joined(Bytes.utf8("["), COMMA, Bytes.utf8("]")).utf8())
        .isEqualTo("[]");
  }
}
