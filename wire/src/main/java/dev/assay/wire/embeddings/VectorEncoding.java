package dev.assay.wire.embeddings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a response writes vectors: the member {@code encoding_format}. */
public enum VectorEncoding {
  /** An array of numbers. */
  FLOAT,
  /** A text: base64 of the numbers, four bytes each, the least significant byte first. */
  BASE64;

  /** Its name on the wire. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<VectorEncoding> of(String text) {
    return Arrays.stream(values()).filter(encoding -> encoding.text().equals(text)).findFirst();
  }
}
