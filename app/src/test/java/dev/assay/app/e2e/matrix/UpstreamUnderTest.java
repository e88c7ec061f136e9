package dev.assay.app.e2e.matrix;

import java.util.Locale;

/** The providers, by the names that the configuration of the matrix gives them. */
enum UpstreamUnderTest {
  OPENAI("chat", "/v1/chat/completions"),
  RESPONDER("responses", "/responder/v1/responses"),
  AZURE("chat", "/openai/deployments/%s/chat/completions"),
  ANTHROPIC("messages", "/v1/messages"),
  GEMINI("gemini", "/v1beta/models/%s:");

  private final String format;
  private final String path;

  UpstreamUnderTest(String format, String path) {
    this.format = format;
    this.path = path;
  }

  /** The name of the provider, the prefix of its models. */
  String provider() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What scenarios call the format in which it is asked. */
  String format() {
    return format;
  }

  /** How the path of a request for a model begins. */
  String path(String model) {
    return path.formatted(model);
  }

  /** Whether a request that came by a door reaches it as the client's own bytes. */
  boolean same(DoorUnderTest door) {
    return format.equals(door.key());
  }
}
