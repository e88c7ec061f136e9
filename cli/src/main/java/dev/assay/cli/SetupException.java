package dev.assay.cli;

/**
 * The program cannot do what a command needs: the configuration is wrong, the home is not usable,
 * the port is taken. The message says what is wrong and what to do about it, never a secret.
 */
public final class SetupException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong and what to do about it. */
  public SetupException(String message) {
    super(message);
  }

  /** What is wrong and what to do about it, and what led to it. */
  public SetupException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
