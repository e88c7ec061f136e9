package dev.assay.core.model;

/**
 * Who makes a call.
 *
 * @param name what the ledger calls them; never a key
 */
public record Principal(String name) {
  /** Whoever reaches the program on this host without a key. */
  public static final Principal LOCAL = new Principal("local");

  /** Commands on this host, which know the token; they see what everybody does. */
  public static final Principal HOST = new Principal("host");

  /** Checks that there is a name. */
  public Principal {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: is blank");
    }
  }
}
