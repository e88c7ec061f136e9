package dev.assay.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Recognises secrets in bytes. A character of a secret may stand there as itself or escaped as JSON
 * allows (a backslash before it, or before {@code u} and its number in four digits), also in JSON
 * that is a text inside of JSON, where the backslashes double with each level. Immutable.
 */
final class SecretBytes {
  private static final int HEX_DIGITS = 4;

  // Three levels of JSON; a longer run is no escape, and must not be read again and again.
  private static final int MOST_BACKSLASHES = 8;

  private final byte[][] values;
  private final boolean[] first = new boolean[256];
  private final boolean[] second = new boolean[256];

  /** Recognises these values, the first that fits first. */
  SecretBytes(List<String> values) {
    this.values = new byte[values.size()][];
    for (int i = 0; i < this.values.length; i++) {
      byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
      this.values[i] = value;
      first[value[0] & 0xFF] = true;
      second[value[0] & 0xFF] = true;
      second[value[1] & 0xFF] = true;
    }
    first['\\'] = true;
    second['\\'] = true;
    second['u'] = true;
  }

  /** Where a secret ends that begins at a place; −1 when none does. */
  int end(byte[] in, int at, int limit) {
    // Nearly every byte is sorted out by these two looks.
    if (!first[in[at] & 0xFF] || at + 1 == limit || !second[in[at + 1] & 0xFF]) {
      return -1;
    }
    for (byte[] value : values) {
      int end = end(value, in, at, limit);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  private static int end(byte[] value, byte[] in, int start, int limit) {
    int at = start;
    for (byte wanted : value) {
      if (at == limit) {
        return -1;
      }
      at = in[at] == wanted ? at + 1 : escaped(wanted, in, at, limit);
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  private static int escaped(byte wanted, byte[] in, int start, int limit) {
    int at = start;
    int most = Math.min(limit, start + MOST_BACKSLASHES);
    while (at < most && in[at] == '\\') {
      at++;
    }
    if (at == start || at == limit) {
      return -1;
    }
    if (in[at] == 'u' && limit - at > HEX_DIGITS && hex(in, at + 1) == wanted) {
      return at + 1 + HEX_DIGITS;
    }
    return in[at] == wanted ? at + 1 : -1;
  }

  /** The number that four digits write; −1 when they are none. */
  private static int hex(byte[] in, int start) {
    int number = 0;
    for (int at = start; at < start + HEX_DIGITS; at++) {
      int digit = Character.digit(in[at], 16);
      if (digit < 0) {
        return -1;
      }
      number = number * 16 + digit;
    }
    return number;
  }
}
