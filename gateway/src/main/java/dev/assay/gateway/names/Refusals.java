package dev.assay.gateway.names;

import dev.assay.core.model.ProviderStatus;
import java.util.List;

/** What a caller is told whose model name stands for nothing that can be asked. */
final class Refusals {
  private static final int LONGEST = 100;

  private Refusals() {}

  static String ambiguous(String name, List<String> candidates) {
    return "Several providers have a model "
        + quoted(name)
        + ": write "
        + String.join(" or ", candidates)
        + ".";
  }

  static String unusable(String name, ProviderStatus provider) {
    return "The model "
        + quoted(name)
        + " needs the provider "
        + provider.name()
        + ", which cannot be used: "
        + provider.unusable().map(Refusals::sentence).orElse("it is not configured.");
  }

  private static String sentence(String reason) {
    return reason.endsWith(".") ? reason : reason + ".";
  }

  static String unknown(String name, List<String> nearest) {
    String meant = nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
    return "No provider is known to have a model "
        + quoted(name)
        + "."
        + meant
        + " Write it as provider/name; GET /v1/models or \"assay models\" lists what can be asked.";
  }

  private static String quoted(String name) {
    return "\"" + (name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name) + "\"";
  }
}
