package dev.assay.core.vector;

import dev.assay.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The numbers of an embedding: IEEE 754 single precision, never none. Immutable. */
public final class Vector {
  private final float[] numbers;

  private Vector(float[] numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("vector: is empty");
    }
    this.numbers = numbers;
  }

  /** A vector of these numbers. */
  public static Vector of(float... numbers) {
    return new Vector(numbers.clone());
  }

  /**
   * A vector from its {@linkplain #bytes() bytes}.
   *
   * @throws IllegalArgumentException when they are none, or no whole number of floats
   */
  public static Vector ofBytes(Bytes littleEndian) {
    if (littleEndian.length() % Float.BYTES != 0) {
      throw new IllegalArgumentException("vector: is no whole number of floats");
    }
    float[] numbers = new float[littleEndian.length() / Float.BYTES];
    ByteBuffer.wrap(littleEndian.backingArray(), littleEndian.arrayOffset(), littleEndian.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(numbers);
    return new Vector(numbers);
  }

  /** How many numbers it has. */
  public int dimension() {
    return numbers.length;
  }

  /** A number, by its place from 0. */
  public float at(int place) {
    return numbers[place];
  }

  /** The Euclidean length, summed in double precision from the first number to the last. */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /**
   * The cosine of the angle to another vector of the same dimension; 0 when one of them is zero.
   *
   * @throws IllegalArgumentException when the dimensions differ
   */
  public double cosine(Vector other) {
    if (other.numbers.length != numbers.length) {
      throw new IllegalArgumentException("vector: the dimensions differ");
    }
    double norms = norm() * other.norm();
    return norms == 0 ? 0 : dot(other) / norms;
  }

  private double dot(Vector other) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += (double) numbers[i] * other.numbers[i];
    }
    return sum;
  }

  /** The numbers, four bytes each, the least significant byte first: OpenAI's base64 form. */
  public Bytes bytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(numbers);
    return Bytes.wrap(buffer.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector vector && Arrays.equals(numbers, vector.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  /** Says the dimension only. */
  @Override
  public String toString() {
    return "Vector[" + numbers.length + "]";
  }
}
