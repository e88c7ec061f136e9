package dev.assay.app.config;

/** A value that must not be shown. It never prints what it holds. */
public final class Secret {
  private final String value;

  /** A secret. */
  public Secret(String value) {
    this.value = value;
  }

  /** What must not be shown. */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
