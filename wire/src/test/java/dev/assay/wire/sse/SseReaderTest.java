package dev.assay.wire.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  private static String unescape(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("_", " ");
  }

  private static List<Sse> read(InputStream stream, int largest) throws IOException {
    SseReader reader = new SseReader(stream, largest);
    List<Sse> all = new ArrayList<>();
    Sse next = reader.next();
    while (next instanceof Sse.Event) {
      all.add(next);
      next = reader.next();
    }
    all.add(next);
    assertThat(reader.next()).isEqualTo(next);
    return all;
  }

  private static List<Sse.Event> events(InputStream stream) throws IOException {
    List<Sse> all = read(stream, SseReader.LARGEST_EVENT);
    assertThat(all.getLast()).isEqualTo(new Sse.End());
    return all.stream().filter(Sse.Event.class::isInstance).map(Sse.Event.class::cast).toList();
  }

  private static List<Sse.Event> events(String text) throws IOException {
    return events(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static List<String> data(String text) throws IOException {
    return events(text).stream().map(event -> event.data().utf8()).toList();
  }

  @Nested
  class TheDataOfAnEvent {
    /** Texts with the events that they hold, separated by {@code ;}. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        emptyValue = "",
        value = {
          "data:_one\\n\\n                       | one",
          "data:one\\n\\n                        | one",
          "data:__one\\n\\n                      | _one",
          "data:_one\\ndata:_two\\n\\n           | one\\ntwo",
          "data:_one\\n\\ndata:_two\\n\\n        | one;two",
          "data:_one\\r\\n\\r\\ndata:_two\\r\\n\\r\\n | one;two",
          "data:_one\\r\\rdata:_two\\r\\r        | one;two",
          "data:_one\\r\\n\\ndata:_two\\n\\r\\n  | one;two",
          "data:_one\\n\\r\\ndata:_two\\r\\n\\n  | one;two",
          "data:_a:b:_c\\n\\n                    | a:b:_c",
          "data\\n\\n                            | ''",
          "data:\\n\\n                           | ''",
          "data\\ndata\\n\\n                     | \\n",
          "data:_a\\ndata\\ndata:_b\\n\\n        | a\\n\\nb",
          ":_comment\\n\\ndata:_one\\n\\n        | one",
          ":_comment\\ndata:_one\\n:_more\\n\\n  | one",
          "\\n\\n\\ndata:_one\\n\\n              | one",
          "dat:_x\\ndata_:_y\\nDATA:_z\\ndata:_one\\n\\n | one",
          "data:_[DONE]\\n\\n                    | [DONE]",
        })
    void is_what_its_data_fields_say(String text, String data) throws IOException {
      assertThat(data(unescape(text))).isEqualTo(List.of(unescape(data).split(";", -1)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "\\n", "\\r\\n\\r\\n", ":_ping\\n\\n", "event:_ping\\n\\n", "id:_1\\n\\n"})
    void is_there_or_it_is_no_event(String text) throws IOException {
      assertThat(data(unescape(text))).isEmpty();
    }

    @Test
    void may_follow_a_byte_order_mark() throws IOException {
      assertThat(data("\ufeffdata: one\n\ndata: \ufefftwo\n\n"))
          .containsExactly("one", "\ufefftwo");
    }

    @Test
    void may_have_many_lines() throws IOException {
      assertThat(data("data: x\n".repeat(1_000) + "\n"))
          .containsExactly("x\n".repeat(1_000).strip());
    }
  }

  @Test
  void an_event_has_its_type_and_the_last_id() throws IOException {
    List<Sse.Event> events =
        events(
            "event: add\nid: 1\nretry: 10\ndata: a\n\ndata: b\n\nevent:\nid\ndata: c\n\nid: x\0y\ndata: d\n\n");
    assertThat(events)
        .extracting(Sse.Event::type)
        .containsExactly(Optional.of("add"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(events)
        .extracting(Sse.Event::lastId)
        .containsExactly(Optional.of("1"), Optional.of("1"), Optional.of(""), Optional.of(""));
  }

  @Test
  void an_event_keeps_its_bytes() throws IOException {
    String first = ": hello\r\ndata: a\r\ndata: b\r\nunknown: x\r\n\r\n";
    String second = "data: c\n\n";
    assertThat(events(first + second))
        .extracting(event -> event.raw().utf8())
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:_one\\n\\ndata:_two      | two",
        "data:_one\\n\\ndata:_two\\n   | two",
        "data:_one\\n\\ndata:_two\\r   | two",
        "data:_one\\n\\ndata:_two\\r\\n| two",
        "data:_one\\n\\ndata:_a\\ndata:_b | a\\nb",
      })
  void an_event_that_the_end_cuts_is_incomplete(String text, String data) throws IOException {
    List<Sse.Event> events = events(unescape(text));
    assertThat(events).extracting(Sse.Event::complete).containsExactly(true, false);
    assertThat(events.getLast().data().utf8()).isEqualTo(unescape(data));
  }

  @Nested
  class AStreamInPieces {
    private static final List<String> STREAMS =
        List.of(
            "data: one\n\n: c\n\ndata: two\ndata: three\n\ndata: [DONE]\n\n",
            "data: one\r\n\r\n: c\r\n\r\ndata: two\r\ndata: three\r\n\r\ndata: [DONE]\r\n\r\n",
            "data: one\r\r: c\r\rdata: two\rdata: three\r\rdata: [DONE]\r\r",
            "\ufeffevent: é\ndata: ü🙂\r\n\r\nid: 1\rdata: b\n\r\ndata: cut");

    @Test
    void is_read_as_if_it_were_whole_wherever_it_is_split() throws IOException {
      for (String stream : STREAMS) {
        List<Sse.Event> whole = events(stream);
        byte[] bytes = stream.getBytes(UTF_8);
        for (int split = 0; split <= bytes.length; split++) {
          assertThat(events(new Pieces(bytes, split))).as("split at " + split).isEqualTo(whole);
        }
      }
    }

    @Test
    void is_read_as_if_it_were_whole_byte_by_byte() throws IOException {
      for (String stream : STREAMS) {
        assertThat(events(new Pieces(stream.getBytes(UTF_8)))).isEqualTo(events(stream));
      }
    }

    @Test
    void gives_the_same_bytes_when_it_is_put_together() throws IOException {
      Random random = new Random(11);
      for (int i = 0; i < 500; i++) {
        String stream = stream(random);
        StringBuilder together = new StringBuilder();
        for (Sse.Event event : events(new Pieces(stream.getBytes(UTF_8), random))) {
          together.append(event.raw().utf8());
        }
        assertThat(together.toString()).isEqualTo(stream);
      }
    }

    private static String stream(Random random) {
      StringBuilder stream = new StringBuilder();
      int count = random.nextInt(50);
      for (int i = 0; i < count; i++) {
        String end = random.nextBoolean() ? "\n" : "\r\n";
        int lines = 1 + random.nextInt(3);
        for (int line = 0; line < lines; line++) {
          stream.append("data: ").append("ü".repeat(random.nextInt(3_000))).append(end);
        }
        stream.append(end);
      }
      return stream.toString();
    }

    /** An event is there with its blank line: the source is not asked for more. */
    @ParameterizedTest
    @ValueSource(strings = {"data: one\n\n", "data: one\r\n\r\n", "data: one\r\r"})
    void gives_an_event_as_soon_as_its_blank_line_is_there(String text) throws IOException {
      InputStream blocking =
          new InputStream() {
            private boolean given;

            @Override
            public int read() {
              throw new AssertionError("not used");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
              if (given) {
                throw new AssertionError("it would block here");
              }
              given = true;
              byte[] bytes = text.getBytes(UTF_8);
              System.arraycopy(bytes, 0, target, offset, bytes.length);
              return bytes.length;
            }
          };
      Sse first = new SseReader(blocking).next();
      assertThat(((Sse.Event) first).raw().utf8()).isEqualTo(text);
    }
  }

  @Nested
  class AnEventThatIsTooLarge {
    @Test
    void ends_the_reading() throws IOException {
      String text = "data: " + "x".repeat(93) + "\n\n";
      assertThat(
              read(
                  new ByteArrayInputStream(
                      (text + "data: " + "x".repeat(94) + "\n\n").getBytes(UTF_8)),
                  101))
          .hasSize(2)
          .last()
          .isEqualTo(new Sse.TooLarge());
    }

    @Test
    void is_found_without_a_line_end() throws IOException {
      InputStream endless = new ByteArrayInputStream(new byte[1_000_000]);
      assertThat(read(endless, 100_000)).containsExactly(new Sse.TooLarge());
    }
  }

  @Test
  void an_error_of_the_source_is_passed_on_behind_the_events_before_it() throws IOException {
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream("data: one\n\ndata: tw".getBytes(UTF_8)), new Lost());
    SseReader reader = new SseReader(breaking);
    assertThat(reader.next()).isInstanceOf(Sse.Event.class);
    assertThatThrownBy(reader::next).hasMessageContaining("lost");
  }

  private static final class Lost extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("lost");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw new IOException("lost");
    }
  }
}
