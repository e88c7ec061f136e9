package dev.assay.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** Lets picocli write its help to an output. */
final class OutputWriter extends PrintWriter {
  OutputWriter(Output output) {
    super(new Adapter(output), true);
  }

  private static final class Adapter extends Writer {
    private final Output output;

    Adapter(Output output) {
      this.output = output;
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
      output.trusted(new String(buffer, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
