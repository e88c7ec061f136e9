package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.CancellationReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.Streaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChatCommandTest {
  private final Run run = new Run();

  private ChatRequest asked() {
    return run.program.asked.getFirst();
  }

  @Nested
  class ThePrompt {
    @Test
    void isTheArgument() {
      run.command("chat", "Hi there");

      assertThat(asked().messages()).containsExactly(Message.text(Role.USER, "Hi there"));
    }

    @Test
    void isSeveralWords() {
      run.command("chat", "Hi", "there");

      assertThat(asked().messages()).containsExactly(Message.text(Role.USER, "Hi there"));
    }

    @Test
    void isStandardInput() {
      run.typing("from a file\n").command("chat");

      assertThat(asked().messages()).containsExactly(Message.text(Role.USER, "from a file"));
    }

    @Test
    void isBothWithABlankLineBetween() {
      run.typing("a\nb\n").command("chat", "Sum up:");

      assertThat(asked().messages()).containsExactly(Message.text(Role.USER, "Sum up:\n\na\nb"));
    }

    @Test
    void doesNotWaitForATerminal() {
      run.onTerminal(false).typing("never read").command("chat", "Hi");

      assertThat(asked().messages()).containsExactly(Message.text(Role.USER, "Hi"));
    }

    @Test
    void followsTheSystemMessage() {
      run.command("chat", "--system", "Be brief", "Hi");

      assertThat(asked().messages())
          .containsExactly(Message.text(Role.SYSTEM, "Be brief"), Message.text(Role.USER, "Hi"));
    }
  }

  @Nested
  class TheAnswer {
    @Test
    void isAllThatStandardOutputGets() {
      int code = run.command("chat", "-m", "sim/small", "Hi");

      assertThat(code).isEqualTo(Cli.DONE);
      assertThat(run.out()).isEqualTo("Hello, you\n");
      assertThat(asked().streaming()).isEqualTo(Streaming.EVENTS_WITH_USAGE);
    }

    @Test
    void isShownToItsEndWhenTextComesWithTheFinishReason() {
      run.program.whole = List.of(new Part.Text("Hello, you!\n"));

      run.command("chat", "Hi");

      assertThat(run.out()).isEqualTo("Hello, you!\n");
    }

    @Test
    void isShownWhenAllOfItComesWithTheFinishReason() {
      run.program.deltas = List.of();
      run.program.whole = List.of(new Part.Text("Yes"));

      run.command("chat", "Hi");

      assertThat(run.out()).isEqualTo("Yes\n");
    }

    @Test
    void isShownOnceMoreWhenAPieceWasLeftOutInTheMiddle() {
      run.program.whole = List.of(new Part.Text("Hello to you"));

      run.command("chat", "Hi");

      assertThat(run.out()).isEqualTo("Hello, you\nHello to you\n");
    }

    @Test
    void isARefusalInOnePiece() {
      run.program.deltas = List.of();
      run.program.whole = List.of(new Part.Refusal("I cannot."));

      run.command("chat", "Hi");

      assertThat(run.out()).isEqualTo("I cannot.\n");
    }

    @Test
    void comesWithWhatItCostAndThatItIsSimulated() {
      run.command("chat", "-m", "sim/small", "Hi");

      assertThat(run.err())
          .isEqualTo(
              "simulated | sim/small | 1,200 + 34 tokens | $0.00002775 | 340 ms | call "
                  + FakeProgram.CALL
                  + "\n");
    }

    @Test
    void isJsonForPrograms() {
      run.command("chat", "--json", "--meta", "ticket=42", "Hi");

      assertThat(run.out())
          .contains("\"call_id\":\"" + FakeProgram.CALL + "\"")
          .contains("\"simulated\":true", "\"text\":\"Hello, you\"", "\"cost_usd\":0.00002775")
          .contains("\"error\":null");
      assertThat(asked().streaming()).isEqualTo(Streaming.NONE);
      assertThat(run.program.metadata).containsExactly(Map.of("ticket", "42"));
    }

    @Test
    void losesItsControlCharactersOnATerminal() {
      run.program.deltas = List.of("a\u001b[2Jb\u0007", "\u009bc\td\n");

      run.onTerminal(true).command("chat", "Hi");

      assertThat(run.out()).isEqualTo("a[2Jbc\td\n");
    }

    @Test
    void keepsEveryCharacterInAPipe() {
      run.program.deltas = List.of("a\u001b[2Jb \ud83d", "\ude00");

      run.command("chat", "Hi");

      assertThat(run.out()).isEqualTo("a\u001b[2Jb \ud83d\ude00\n");
    }
  }

  @Nested
  class WithoutAModel {
    @Test
    void saysWhichIsAskedAndWhy() {
      run.command("chat", "Hi");

      assertThat(run.err()).startsWith("Asking sim/small: nothing else is usable\n");
    }

    @Test
    void saysNothingWhenOneIsNamed() {
      run.command("chat", "-m", "sim/large", "Hi");

      assertThat(asked().model()).isEqualTo("sim/large");
      assertThat(run.err()).doesNotContain("Asking");
    }
  }

  @Nested
  class AFailure {
    @Test
    void hasNoEmptyNameWhenTheModelIsNotKnown() {
      run.program.fails = true;
      run.program.provider = "";
      run.program.model = "";

      run.command("chat", "-m", "x", "Hi");

      assertThat(run.err()).contains("\nsimulated | (refused) | ");
    }

    @Test
    void isSaidOnStandardErrorAndCodeOne() {
      run.program.fails = true;
      run.program.deltas = List.of();

      assertThat(run.command("chat", "Hi")).isEqualTo(Cli.FAILED);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("assay: rate_limited: sim asks for fewer requests\n");
    }

    @Test
    void endsTheLineOfAHalfAnswer() {
      run.program.fails = true;

      run.command("chat", "Hi");

      assertThat(run.out()).isEqualTo("Hello, you\n");
    }

    @Test
    void isJsonForPrograms() {
      run.program.fails = true;

      assertThat(run.command("chat", "--json", "Hi")).isEqualTo(Cli.FAILED);
      assertThat(run.out()).contains("\"error\":{\"code\":\"rate_limited\",\"blame\":\"provider\"");
    }
  }

  @Nested
  class WhenNobodyReads {
    @Test
    void theCallIsGivenUpWithoutAWord() {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      Output broken =
          new Output(
              new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                  throw new IOException("Broken pipe");
                }
              },
              false,
              false);
      Terminal terminal =
          new Terminal(
              new ByteArrayInputStream(new byte[0]), false, broken, new Output(said, false, false));

      new Cli(run.program, terminal).run("chat", "-m", "sim/small", "Hi");

      assertThat(run.program.cancellation.reason()).contains(CancellationReason.DECIDED);
    }
  }
}
