package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with the ledger's secret. Thread-safe. */
final class KeyedDigest {
  private final Mac prototype;

  KeyedDigest(Bytes secret) {
    try {
      prototype = Mac.getInstance("HmacSHA256");
      prototype.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("Java must have HmacSHA256", impossible);
    }
  }

  /** The digest of a body. */
  Bytes of(Bytes body) {
    try {
      Mac mac = (Mac) prototype.clone();
      mac.update(body.backingArray(), body.arrayOffset(), body.length());
      return Bytes.wrap(mac.doFinal());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("HmacSHA256 cannot be copied", impossible);
    }
  }
}
