package dev.assay.app.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A provider that the environment can name without a word in the file. */
enum Known {
  /** OpenAI itself, or any server that speaks its API, under {@code OPENAI_BASE_URL}. */
  OPENAI("OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1"),
  /** Hyperbolic. */
  HYPERBOLIC("HYPERBOLIC_API_KEY", "HYPERBOLIC_ENDPOINT", "https://api.hyperbolic.xyz");

  /** Names the model that is asked when none is named. */
  static final String MODEL_VARIABLE = "OPENAI_MODEL";

  private static final String VERSION = "/v1";

  private final String keyVariable;
  private final String addressVariable;
  private final String address;

  Known(String keyVariable, String addressVariable, String address) {
    this.keyVariable = keyVariable;
    this.addressVariable = addressVariable;
    this.address = address;
  }

  /** The provider of a name. */
  static Optional<Known> of(String name) {
    return Arrays.stream(values()).filter(known -> known.provider().equals(name)).findFirst();
  }

  /** The provider's name. */
  String provider() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which variable made it known. */
  String source(Environment environment) {
    return environment.get(keyVariable).isEmpty() && environment.get(addressVariable).isPresent()
        ? addressVariable
        : keyVariable;
  }

  /** Its key. */
  Optional<String> key(Environment environment) {
    return environment.get(keyVariable).map(String::strip);
  }

  /** The model that the environment names. */
  Optional<String> model(Environment environment) {
    return this == OPENAI ? environment.get(MODEL_VARIABLE).map(Known::bare) : Optional.empty();
  }

  private static String bare(String model) {
    String prefix = OPENAI.provider() + "/";
    return model.startsWith(prefix) ? model.substring(prefix.length()) : model;
  }

  /** Where its API begins; empty when the environment names an address that is none. */
  Optional<URI> address(Values values, Environment environment) {
    String written = environment.get(addressVariable).orElse(address).strip();
    Optional<URI> read = Kind.ADDRESS.reading().apply(List.of(written));
    if (read.isEmpty()) {
      values.problem(
          "the environment variable " + addressVariable + " must be " + Kind.ADDRESS.form());
    }
    return this == HYPERBOLIC ? read.map(Known::versioned) : read;
  }

  private static URI versioned(URI address) {
    String text = address.toString().replaceAll("/+$", "");
    return URI.create(text.endsWith(VERSION) ? text : text + VERSION);
  }

  /**
   * What it lacks to be used without a key.
   *
   * @param configured whether the file says something about it
   */
  Optional<String> lacking(Environment environment, boolean configured) {
    // Servers on one's own machine speak the same API and need no key.
    if (this == OPENAI && (configured || environment.get(addressVariable).isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        this == OPENAI
            ? keyVariable
                + " is not set; set it, or "
                + addressVariable
                + " for a server that needs no key"
            : keyVariable + " is not set; set it");
  }
}
