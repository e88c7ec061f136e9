package dev.assay.gateway.recording;

/** A defect as it may be logged: what was thrown and where, without messages that may quote. */
final class Defect extends Exception {
  private static final long serialVersionUID = 1L;

  private Defect(Throwable thrown) {
    super(thrown.getClass().getName());
    setStackTrace(thrown.getStackTrace());
  }

  static Defect of(Throwable thrown) {
    Defect defect = new Defect(thrown);
    if (thrown.getCause() != null) {
      defect.initCause(of(thrown.getCause()));
    }
    return defect;
  }
}
