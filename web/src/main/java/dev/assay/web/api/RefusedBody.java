package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.secret.Secrets;
import dev.assay.wire.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/**
 * What is kept of the body of a refused request: {@code {"refused": {"length", "sha256", "head"}}},
 * the head as text with known secrets masked.
 */
final class RefusedBody {
  private static final int HEAD = 4096;

  private RefusedBody() {}

  /** Of a body that was read. */
  static Bytes of(Bytes body, Secrets secrets) {
    return Json.write(json -> {
      begin(json);
      json.writeNumberProperty("length", body.length());
      json.writeStringProperty("sha256", digest(body));
      // Masked before it is cut, so that half a secret does not stay.
      Bytes masked = secrets.scrub(body);
      json.writeStringProperty("head", masked.slice(0, Math.min(HEAD, masked.length())).utf8());
      end(json);
    });
  }

  /** Of a body that was not read: the length that it was said to have, if any. */
  static Bytes unread(OptionalLong length) {
    return Json.write(json -> {
      begin(json);
      length.ifPresent(bytes -> json.writeNumberProperty("length", bytes));
      end(json);
    });
  }

  private static void begin(JsonGenerator json) {
    json.writeStartObject();
    json.writeObjectPropertyStart("refused");
  }

  private static void end(JsonGenerator json) {
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String digest(Bytes body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      body.update(digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
