package dev.assay.app.e2e.matrix;

import dev.assay.wire.anthropic.MessagesUpstream;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.openai.ChatUpstream;
import dev.assay.wire.responses.ResponsesUpstream;
import java.util.Locale;
import java.util.Map;

/** The doors, by the names that scenarios give them. */
enum DoorUnderTest {
  CHAT("/v1/chat/completions", ChatUpstream.FORMAT, Map.of()),
  RESPONSES("/v1/responses", ResponsesUpstream.FORMAT, Map.of()),
  MESSAGES("/v1/messages", MessagesUpstream.FORMAT, Map.of("anthropic-version", "2023-06-01"));

  private final String path;

  @SuppressWarnings("ImmutableEnumChecker")
  private final UpstreamFormat format;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, String> headers;

  DoorUnderTest(String path, UpstreamFormat format, Map<String, String> headers) {
    this.path = path;
    this.format = format;
    this.headers = headers;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String path() {
    return path;
  }

  /** Reads what the door writes, as a client of its API does. */
  UpstreamFormat format() {
    return format;
  }

  Map<String, String> headers() {
    return headers;
  }
}
