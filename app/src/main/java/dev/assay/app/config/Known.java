package dev.assay.app.config;

import dev.assay.app.config.ProviderSettings.Format;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A provider that can be used without a word in the file. */
enum Known {
  /** OpenAI itself, or any server that speaks its API, under {@code OPENAI_BASE_URL}. */
  OPENAI(
      Format.OPENAI,
      List.of("OPENAI_API_KEY"),
      List.of("OPENAI_BASE_URL"),
      "https://api.openai.com/v1"),
  /** Anthropic. */
  ANTHROPIC(
      Format.ANTHROPIC,
      List.of("ANTHROPIC_API_KEY"),
      List.of("ANTHROPIC_BASE_URL"),
      "https://api.anthropic.com"),
  /** Google's Gemini API. */
  GEMINI(
      Format.GEMINI,
      List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"),
      List.of(),
      "https://generativelanguage.googleapis.com/v1beta"),
  /** OpenAI's models at Azure, under the endpoint of a resource. */
  AZURE(
      Format.AZURE,
      List.of("AZURE_OPENAI_API_KEY", "AZURE_API_KEY"),
      List.of("AZURE_OPENAI_ENDPOINT", "AZURE_ENDPOINT"),
      ""),
  /** Hyperbolic. */
  HYPERBOLIC(
      Format.OPENAI,
      List.of("HYPERBOLIC_API_KEY"),
      List.of("HYPERBOLIC_ENDPOINT"),
      "https://api.hyperbolic.xyz"),
  /** Ollama on this host. */
  OLLAMA(Format.OPENAI, List.of(), List.of(), "http://127.0.0.1:11434/v1"),
  /** LM Studio on this host. */
  LMSTUDIO(Format.OPENAI, List.of(), List.of(), "http://127.0.0.1:1234/v1");

  /** Names the model that is asked when none is named. */
  static final String MODEL_VARIABLE = "OPENAI_MODEL";

  private static final List<String> DEPLOYMENTS =
      List.of("AZURE_OPENAI_DEPLOYMENT", "AZURE_DEPLOYMENT");
  private static final List<String> VERSIONS =
      List.of("AZURE_OPENAI_API_VERSION", "AZURE_API_VERSION");
  private static final String VERSION = "/v1";

  private final Format format;

  // Never changed once they are made.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> keyVariables;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> addressVariables;

  private final String address;

  Known(Format format, List<String> keyVariables, List<String> addressVariables, String address) {
    this.format = format;
    this.keyVariables = keyVariables;
    this.addressVariables = addressVariables;
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

  /** What it speaks. */
  Format format() {
    return format;
  }

  /** Whether it is a server on this host that is looked for at its usual port. */
  boolean local() {
    return keyVariables.isEmpty();
  }

  /** Which variable made it known, or the place where it is looked for. */
  String source(Environment environment) {
    if (local()) {
      return address;
    }
    return set(keyVariables, environment)
        .or(() -> set(addressVariables, environment))
        .orElse(keyVariables.getFirst());
  }

  private static Optional<String> set(List<String> variables, Environment environment) {
    return variables.stream().filter(variable -> environment.get(variable).isPresent()).findFirst();
  }

  private static Optional<String> value(List<String> variables, Environment environment) {
    return set(variables, environment).flatMap(environment::get).map(String::strip);
  }

  /** Its key. */
  Optional<String> key(Environment environment) {
    return value(keyVariables, environment);
  }

  /** The model that the environment names. */
  Optional<String> model(Environment environment) {
    return switch (this) {
      case OPENAI -> environment.get(MODEL_VARIABLE).map(Known::bare);
      case AZURE -> value(DEPLOYMENTS, environment);
      default -> Optional.empty();
    };
  }

  private static String bare(String model) {
    String prefix = OPENAI.provider() + "/";
    return model.startsWith(prefix) ? model.substring(prefix.length()) : model;
  }

  /** The version of its API that the environment names. */
  Optional<String> version(Environment environment) {
    return this == AZURE ? value(VERSIONS, environment) : Optional.empty();
  }

  /** Where its API begins; empty when nobody says so, or says something that is no address. */
  Optional<URI> address(Values values, Environment environment) {
    Optional<String> named = set(addressVariables, environment);
    String written = named.flatMap(environment::get).orElse(address).strip();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> read = Kind.ADDRESS.reading().apply(List.of(written));
    if (read.isEmpty()) {
      values.problem(
          "the environment variable " + named.orElse("") + " must be " + Kind.ADDRESS.form());
    }
    return this == HYPERBOLIC ? read.map(Known::versioned) : read;
  }

  private static URI versioned(URI address) {
    String text = address.toString().replaceAll("/+$", "");
    return URI.create(text.endsWith(VERSION) ? text : text + VERSION);
  }

  /**
   * What it lacks to be used without an address.
   *
   * @param configured whether the file says something about it
   */
  Optional<String> lackingAddress(boolean configured) {
    return address.isEmpty() && !configured
        ? Optional.of(addressVariables.getFirst() + " is not set; set it")
        : Optional.empty();
  }

  /**
   * What it lacks to be used without a key.
   *
   * @param configured whether the file says something about it
   */
  Optional<String> lackingKey(Environment environment, boolean configured) {
    // Servers on one's own machine speak the same API and need no key.
    if (local()
        || (this == OPENAI && (configured || set(addressVariables, environment).isPresent()))) {
      return Optional.empty();
    }
    String variable = keyVariables.getFirst();
    return Optional.of(
        this == OPENAI
            ? variable
                + " is not set; set it, or "
                + addressVariables.getFirst()
                + " for a server that needs no key"
            : variable + " is not set; set it");
  }
}
