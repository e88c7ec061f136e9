package dev.assay.gateway.names;

import dev.assay.core.model.ProviderStatus;
import java.util.List;

/** What somebody is told whose model name stands for nothing that can be asked. */
public final class Refusals {
  private static final int LONGEST = 100;
  private static final String NOBODY = "No provider is known to have a model ";

  private Refusals() {}

  /**
   * Sentences that say why and what can be done.
   *
   * @param name the name as it was written
   */
  public static String sentences(String name, Resolution.Unresolved why) {
    return switch (why) {
      case Resolution.Ambiguous(List<String> candidates) ->
          "Several providers have a model "
              + quoted(name)
              + ": write "
              + String.join(" or ", candidates)
              + ".";
      case Resolution.Unusable(ProviderStatus provider) -> unusable(name, provider);
      case Resolution.NotOffered(Target wanted, List<String> models) ->
          "The provider "
              + wanted.provider()
              + " has no model "
              + quoted(wanted.model())
              + "; it has "
              + String.join(", ", models)
              + ".";
      case Resolution.Prefixed prefixed -> prefixed(prefixed);
      case Resolution.Unknown(List<String> nearest) ->
          NOBODY
              + quoted(name)
              + "."
              + meant(nearest)
              + " Write it as provider/name; GET /v1/models or \"assay models\" lists what can be"
              + " asked.";
    };
  }

  private static String unusable(String name, ProviderStatus provider) {
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

  private static String prefixed(Resolution.Prefixed why) {
    String unlisted =
        why.spelled()
            .filter(spelled -> why.name().length() <= LONGEST)
            .map(spelled -> "; a model that is not listed is asked for as " + spelled)
            .orElse("");
    return NOBODY
        + quoted(why.name())
        + "."
        + meant(why.nearest())
        + " What stands before the slash must be a provider, one of "
        + String.join(", ", why.providers())
        + unlisted
        + ".";
  }

  private static String meant(List<String> nearest) {
    return nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
  }

  private static String quoted(String name) {
    return "\"" + (name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name) + "\"";
  }
}
