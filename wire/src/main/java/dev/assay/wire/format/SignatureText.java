package dev.assay.wire.format;

import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Signatures as text on a wire. One of the wire's own format stands there as the provider wrote it;
 * one of another format is tagged with where it belongs, so that it finds its way back through a
 * client that only keeps it: {@code assay1.<format>.<kind>.<id in base64url>.<value>}.
 */
public final class SignatureText {
  private static final String TAG = "assay1.";
  private static final int FIELDS = 5;

  private SignatureText() {}

  /**
   * The text of a signature.
   *
   * @param own the format in which it is written
   */
  public static String write(Signature signature, WireFormat own) {
    if (signature.format() == own) {
      return signature.value();
    }
    byte[] id = signature.id().orElse("").getBytes(StandardCharsets.UTF_8);
    return TAG
        + signature.format().name()
        + "."
        + signature.kind().name()
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(id)
        + "."
        + signature.value();
  }

  /**
   * The signature that a text says.
   *
   * @param own the format in which it is written
   * @param kind what it is when it is of that format
   * @param id the provider's identifier of the reasoning when it is of that format
   */
  public static Signature read(
      String text, WireFormat own, Signature.Kind kind, Optional<String> id) {
    return foreign(text).orElseGet(() -> new Signature(own, kind, text, id));
  }

  /** Whether a text is tagged as a signature of another format than that of its wire. */
  public static boolean isTagged(String text) {
    return text.startsWith(TAG);
  }

  private static Optional<Signature> foreign(String text) {
    String[] fields = text.startsWith(TAG) ? text.split("\\.", FIELDS) : new String[0];
    if (fields.length < FIELDS) {
      return Optional.empty();
    }
    try {
      String id = new String(Base64.getUrlDecoder().decode(fields[3]), StandardCharsets.UTF_8);
      return Arrays.stream(WireFormat.values())
          .filter(format -> format.name().equals(fields[1]))
          .findFirst()
          .map(format ->
              new Signature(
                  format,
                  Signature.Kind.valueOf(fields[2]),
                  fields[4],
                  id.isEmpty() ? Optional.empty() : Optional.of(id)));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
