package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;

/**
 * Random draws that a seed, a content and a purpose decide: the same three always give the same
 * draws, on every machine. For one thread.
 */
final class Draw {
  private final Random random;

  private Draw(long seed) {
    // Its algorithm is specified, so its draws stay the same from one JDK to the next.
    this.random = new Random(seed);
  }

  static Draw of(long seed, Bytes content, String purpose) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    digest.update(purpose.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    content.update(digest);
    return new Draw(ByteBuffer.wrap(digest.digest()).getLong());
  }

  /** A number from 0 to the bound, exclusive. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number between two, both inclusive. */
  long between(long least, long most) {
    return most - least == Long.MAX_VALUE
        ? least
        : least + Math.floorMod(random.nextLong(), most - least + 1);
  }

  /** A number from 0 to 1, exclusive. */
  double uniform() {
    return random.nextDouble();
  }

  /** A number of the standard normal distribution. */
  double gaussian() {
    return random.nextGaussian();
  }

  <T> T from(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /**
   * A lognormal number.
   *
   * @param median half of the draws are at most this
   * @param sigma the standard deviation of the logarithm
   */
  double lognormal(double median, double sigma) {
    return median * Math.exp(sigma * random.nextGaussian());
  }

  /** Some digits of a hexadecimal number. */
  String hex(int digits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(below(16), 16));
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
