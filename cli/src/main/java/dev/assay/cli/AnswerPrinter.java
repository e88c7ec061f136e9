package dev.assay.cli;

import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;

/** Shows an answer as it comes. */
final class AnswerPrinter implements Sink {
  private final Output output;
  private final Runnable giveUp;
  private boolean begun;
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
    switch (delta.content()) {
      case Delta.Content.Text(String text) -> print(text);
      case Delta.Content.Refusal(String text) -> print(text);
      case Delta.Content.Reasoning reasoning -> {}
      case Delta.Content.ToolCall call -> {}
      case Delta.Content.Opaque opaque -> {}
    }
  }

  /** Shows a text that did not come as a stream, and ends the line that is open. */
  void finish(String whole) {
    if (!begun) {
      print(whole);
    }
    if (!atLineStart) {
      output.line("");
      atLineStart = true;
    }
  }

  private void print(String text) {
    if (text.isEmpty()) {
      return;
    }
    begun = true;
    atLineStart = text.endsWith("\n");
    output.print(text);
    if (!output.open()) {
      giveUp.run();
    }
  }
}
