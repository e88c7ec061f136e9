package dev.assay.gateway;

import java.util.stream.LongStream;

/** Seeds for tests over many generated cases; each stands in its test's name. */
public final class Seeds {
  private Seeds() {}

  /** Two hundred seeds. */
  public static LongStream some() {
    return LongStream.range(0, 200);
  }
}
