package dev.assay.wire.gemini;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a model says. */
public final class GeminiModel {
  private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,3})(?!\\d)");
  private static final Pattern COLLECTION = Pattern.compile("(?:models|tunedModels)/");
  private static final Pattern PRO =
      Pattern.compile("(?:^|/)gemini-(?:\\d{1,3}(?:\\.\\d{1,3})?-)?pro(?![A-Za-z0-9])");
  private static final int FIRST_WITH_LEVELS = 3;

  private GeminiModel() {}

  /**
   * Where a model stands below the API's base, such as {@code models/gemini-2.5-flash}; nothing in
   * the name can lead elsewhere.
   */
  public static String path(String model) {
    Matcher collection = COLLECTION.matcher(model);
    return collection.lookingAt()
        ? collection.group() + encoded(model.substring(collection.end()))
        : "models/" + encoded(model);
  }

  /** A model's resource name for a body. */
  static String resource(String model) {
    return COLLECTION.matcher(model).lookingAt() ? model : "models/" + model;
  }

  private static String encoded(String name) {
    StringBuilder path = new StringBuilder();
    for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
      int value = letter & 0xFF;
      boolean plain =
          value < 0x80 && (Character.isLetterOrDigit(value) || "-._~".indexOf(value) >= 0);
      path.append(plain ? String.valueOf((char) value) : "%%%02X".formatted(value));
    }
    return path.toString();
  }

  /**
   * Whether its reasoning is set by a level and its tool calls must be signed: so it is from the
   * third generation on, which names without a number, such as {@code gemini-flash-latest}, mean.
   */
  static boolean hasLevels(String model) {
    Matcher version = VERSION.matcher(model);
    return version.find()
        ? Integer.parseInt(version.group(1)) >= FIRST_WITH_LEVELS
        : model.contains("gemini");
  }

  /** Whether it cannot be kept from reasoning. */
  static boolean alwaysReasons(String model) {
    return PRO.matcher(model).find();
  }
}
