package dev.assay.ledger.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 digests without a look-up of the provider each time. */
final class Sha256 {
  /** How many bytes a digest has. */
  static final int LENGTH = 32;

  private static final MessageDigest PROTOTYPE = prototype();

  private Sha256() {}

  /** A fresh digest. */
  static MessageDigest fresh() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 cannot be copied", impossible);
    }
  }

  private static MessageDigest prototype() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Java must have SHA-256", impossible);
    }
  }
}
