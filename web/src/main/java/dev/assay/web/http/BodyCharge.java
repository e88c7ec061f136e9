package dev.assay.web.http;

/**
 * Counts the bytes of one body as they arrive from the socket, so that neither a huge chunk nor a
 * length that lies can fill the memory. Used by one thread.
 */
final class BodyCharge {
  /** Why no more of a body is taken. */
  enum Stop {
    /** It is larger than a body may be. */
    TOO_LARGE,
    /** All bodies together are. */
    OVERLOADED
  }

  /** Leaves the server's reading from within; carries no stack. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Stop reason;

    StoppedException(Stop reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }

    Stop reason() {
      return reason;
    }
  }

  private final ByteBudget budget;
  private final long limit;
  private long taken;

  BodyCharge(ByteBudget budget, long limit) {
    this.budget = budget;
    this.limit = limit;
  }

  /**
   * Takes bytes that arrived.
   *
   * @throws StoppedException when that is too much
   */
  void add(int bytes) {
    if (taken + bytes > limit) {
      throw new StoppedException(Stop.TOO_LARGE);
    }
    if (!budget.take(bytes)) {
      throw new StoppedException(Stop.OVERLOADED);
    }
    taken += bytes;
  }

  /**
   * Sets the count to the body's true size: what came with the head was not counted yet, what
   * belongs to the next request or to chunk lines was.
   */
  void settle(int size) {
    if (size > taken) {
      add((int) (size - taken));
    } else {
      budget.give(taken - size);
      taken = size;
    }
  }

  /**
   * Counts bytes of the answer, which are kept until it is recorded: nothing new comes in
   * meanwhile.
   */
  void hold(int bytes) {
    budget.hold(bytes);
    taken += bytes;
  }

  /** Gives everything back. */
  void release() {
    budget.give(taken);
    taken = 0;
  }
}
