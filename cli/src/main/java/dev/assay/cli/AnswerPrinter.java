package dev.assay.cli;

import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.request.Part;
import java.util.List;

/** Shows an answer as it comes. */
final class AnswerPrinter implements Sink {
  private final Output output;
  private final Runnable giveUp;
  private final StringBuilder texts = new StringBuilder();
  private final StringBuilder refusals = new StringBuilder();
  private boolean atLineStart = true;

  /**
   * A printer.
   *
   * @param output gets the text
   * @param giveUp is run when nobody reads the output any more
   */
  AnswerPrinter(Output output, Runnable giveUp) {
    this.output = output;
    this.giveUp = giveUp;
  }

  @Override
  public void accept(Delta delta) {
    for (Delta.Content content : delta.content()) {
      switch (content) {
        case Delta.Content.Text(String text) -> print(text, texts);
        case Delta.Content.Refusal(String text) -> print(text, refusals);
        case Delta.Content.Reasoning _,
            Delta.Content.Signed _,
            Delta.Content.Logprobs _,
            Delta.Content.ToolCall _ -> {}
      }
    }
  }

  /**
   * Shows what did not come as a piece of a stream: all of an answer in one piece, or what came
   * with the finish reason. Then ends the line that is open.
   */
  void finish(List<Part> answer) {
    rest(Part.text(answer), texts);
    rest(refusal(answer), refusals);
    endLine();
  }

  /** Ends the line that is open. */
  void endLine() {
    if (!atLineStart) {
      output.line("");
      atLineStart = true;
    }
  }

  private void rest(String whole, StringBuilder shown) {
    if (whole.startsWith(shown.toString())) {
      print(whole.substring(shown.length()), shown);
    } else {
      // Pieces were left out on the way. Showing it once more is better than showing it wrong.
      endLine();
      print(whole, shown);
    }
  }

  private static String refusal(List<Part> answer) {
    StringBuilder all = new StringBuilder();
    for (Part part : answer) {
      if (part instanceof Part.Refusal(String text)) {
        all.append(text);
      }
    }
    return all.toString();
  }

  private void print(String text, StringBuilder shown) {
    if (text.isEmpty()) {
      return;
    }
    shown.append(text);
    atLineStart = text.endsWith("\n");
    output.print(text);
    if (!output.open()) {
      giveUp.run();
    }
  }
}
