package dev.assay.providers.azure;

import dev.assay.core.request.WireFormat;
import dev.assay.providers.openai.OpenAiApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the requests to a resource go. Chat Completions of a dated version name the deployment in
 * the path; Responses name it in the body, and are generally available under {@code /openai/v1}
 * only.
 */
final class AzurePaths implements OpenAiApi.Paths {
  // The version in which a resource last listed its deployments to holders of its key.
  private static final String LIST_VERSION = "2022-12-01";

  private final String base;
  private final String version;

  AzurePaths(AzureSettings settings) {
    this.base = settings.account().basePath() + "/openai";
    this.version = settings.apiVersion();
  }

  @Override
  public String of(WireFormat format, String model) {
    return switch (format) {
      case OPENAI_RESPONSES -> responses();
      case OPENAI_EMBEDDINGS -> deployment(model, "/embeddings");
      case OPENAI_CHAT, ANTHROPIC_MESSAGES, GEMINI -> deployment(model, "/chat/completions");
    };
  }

  private String deployment(String model, String path) {
    return dated()
        ? base + "/deployments/" + encoded(model) + path + "?api-version=" + version
        : base + "/v1" + path + versionOfV1();
  }

  private String responses() {
    return version.endsWith("-preview")
        ? base + "/responses?api-version=" + version
        : base + "/v1/responses" + versionOfV1();
  }

  private boolean dated() {
    return Character.isDigit(version.charAt(0));
  }

  private String versionOfV1() {
    return version.equals("preview") ? "?api-version=preview" : "";
  }

  /** The list of deployments. */
  String deployments() {
    return base + "/deployments?api-version=" + LIST_VERSION;
  }

  private static String encoded(String model) {
    return URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
