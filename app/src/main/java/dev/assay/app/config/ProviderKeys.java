package dev.assay.app.config;

import dev.assay.app.config.ProviderSettings.Format;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.openai.ApiChoice;
import dev.assay.wire.http.HttpTimeouts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of {@code providers}, and the providers that the environment names. */
final class ProviderKeys {
  static final Key<Format> FORMAT =
      Key.of(
          "providers.*.format",
          Kind.choice(Format.class),
          "The API that it speaks. Default: its own for the providers that are known, else"
              + " `openai`.");

  static final Key<URI> BASE_URL =
      Key.of(
          "providers.*.base-url",
          Kind.ADDRESS,
          "Where its API begins, such as `https://api.groq.com/openai/v1`. Required, but for"
              + " the providers that are known. Of `azure` it is the endpoint of the resource.");

  static final Key<String> KEY =
      Key.of(
          "providers.*.key",
          Kind.TEXT,
          "A reference to its key, `${NAME}` or `${file:PATH}`; never the key itself. Absent for"
              + " servers that need none.");

  static final Key<String> HEADER =
      Key.of(
          "providers.*.headers.*",
          Kind.TEXT,
          "A further header of every request; secret ones must hold a reference.");

  static final Key<List<String>> MODELS =
      Key.of(
          "providers.*.models",
          Kind.TEXTS,
          "Models that it has, without the prefix, the preferred one first. They can be asked by"
              + " their bare names.");

  static final Key<ApiChoice> API =
      Key.of(
          "providers.*.api",
          Kind.choice(ApiChoice.class),
          "By which of OpenAI's APIs it is asked. `auto` takes Responses for a client that speaks"
              + " it, and Chat Completions otherwise. Default: `auto` for OpenAI itself and Azure,"
              + " else `chat`.");

  static final Key<String> VERSION =
      Key.of(
          "providers.*.api-version",
          Kind.TEXT,
          "The `api-version` that Azure is asked for, such as `2024-10-21`.");

  static final Key<Long> OUTPUT_TOKENS =
      Key.of(
          "providers.*.output-tokens",
          Kind.NUMBER,
          "16384",
          "The cap on output tokens for requests without one, where the API must have one:"
              + " Anthropic's.");

  static final Key<Boolean> LOCAL =
      Key.of(
          "local-servers",
          Kind.SWITCH,
          "true",
          "Whether Ollama (port 11434) and LM Studio (port 1234) are looked for on this host.");

  static final Key<Duration> CONNECT =
      Key.of("timeouts.connect", Kind.DURATION, "10s", "Until a connection is made.");
  static final Key<Duration> FIRST_BYTE =
      Key.of("timeouts.first-byte", Kind.DURATION, "300s", "Until the first byte of the response.");
  static final Key<Duration> IDLE_FIRST_CONTENT =
      Key.of(
          "timeouts.idle-first-content",
          Kind.DURATION,
          "300s",
          "How long a stream may be silent before its first content.");
  static final Key<Duration> IDLE =
      Key.of(
          "timeouts.idle",
          Kind.DURATION,
          "60s",
          "How long a response may be silent after its first content.");

  static final Key<Duration> OWN_CONNECT = own(CONNECT);
  static final Key<Duration> OWN_FIRST_BYTE = own(FIRST_BYTE);
  static final Key<Duration> OWN_IDLE_FIRST_CONTENT = own(IDLE_FIRST_CONTENT);
  static final Key<Duration> OWN_IDLE = own(IDLE);

  static final List<Key<?>> ALL =
      List.of(
          FORMAT,
          BASE_URL,
          KEY,
          HEADER,
          MODELS,
          API,
          VERSION,
          OUTPUT_TOKENS,
          LOCAL,
          OWN_CONNECT,
          OWN_FIRST_BYTE,
          OWN_IDLE_FIRST_CONTENT,
          OWN_IDLE,
          CONNECT,
          FIRST_BYTE,
          IDLE_FIRST_CONTENT,
          IDLE);

  private static final String SECTION = "providers";
  private static final String SIMULATOR = "sim";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final Pattern SECRET_HEADER =
      Pattern.compile(".*(key|token|secret|auth|cookie).*");

  private final Values values;
  private final Environment environment;

  private ProviderKeys(Values values, Environment environment) {
    this.values = values;
    this.environment = environment;
  }

  private static Key<Duration> own(Key<Duration> shared) {
    return Key.of(
        "providers.*." + Value.written(shared.path()),
        Kind.DURATION,
        "The same for this provider. Default: `" + shared.written() + "`.");
  }

  /** Reads the providers, those of the environment first, then the others as they stand. */
  static List<ProviderSettings> read(Values values, Environment environment) {
    return new ProviderKeys(values, environment).all();
  }

  private List<ProviderSettings> all() {
    Set<String> names = new LinkedHashSet<>();
    boolean local = values.get(LOCAL);
    for (Known known : Known.values()) {
      if (local || !known.local()) {
        names.add(known.provider());
      }
    }
    names.addAll(values.names(SECTION));
    List<ProviderSettings> all = new ArrayList<>();
    for (String name : names) {
      if (name.equals(SIMULATOR)) {
        values.problem("providers.sim: is built in; its keys stand under sim");
      } else if (!NAME.matcher(name).matches()) {
        values.problem("providers." + name + ": a name has small letters, digits, '.', '_', '-'");
      } else {
        one(name).ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<ProviderSettings> one(String name) {
    Optional<Known> known = Known.of(name);
    boolean configured = values.names(SECTION).contains(name);
    Format format =
        values.at(FORMAT, name).isPresent()
            ? values.find(FORMAT, name).orElse(Format.OPENAI)
            : known.map(Known::format).orElse(Format.OPENAI);
    Optional<URI> address =
        values
            .find(BASE_URL, name)
            .or(() -> known.flatMap(one -> one.address(values, environment)));
    Told told = new Told();
    if (address.isEmpty()) {
      known.flatMap(one -> one.lackingAddress(configured)).ifPresent(told.missing::add);
      if (told.missing.isEmpty()) {
        if (values.at(BASE_URL, name).isEmpty()) {
          values.problem("providers." + name + ".base-url: is missing");
        }
        return Optional.empty();
      }
    }
    Optional<String> key =
        key(name, told).or(() -> known.flatMap(one -> one.key(environment)).map(told::secret));
    Map<String, String> headers = headers(name, told);
    known
        .filter(one -> key.isEmpty() && values.at(KEY, name).isEmpty())
        .flatMap(one -> one.lackingKey(environment, configured))
        .ifPresent(told.missing::addFirst);
    List<String> models = models(name, known);
    String source =
        configured ? values.file() : known.map(one -> one.source(environment)).orElse("");
    try {
      return Optional.of(
          new ProviderSettings(
              name,
              source,
              format,
              address.map(at ->
                  new Account(
                      name,
                      at,
                      key,
                      headers,
                      timeouts(name),
                      Account.LARGEST_ANSWER,
                      source,
                      Set.copyOf(models))),
              models,
              values.find(API, name),
              values.find(VERSION, name).or(() -> known.flatMap(one -> one.version(environment))),
              values.get(OUTPUT_TOKENS, name),
              !configured && known.filter(Known::local).isPresent(),
              told.missing.stream().findFirst(),
              told.secrets));
    } catch (IllegalArgumentException wrong) {
      values.problem(SECTION + "." + name + "." + wrong.getMessage());
      return Optional.empty();
    }
  }

  private List<String> models(String name, Optional<Known> known) {
    Set<String> models = new LinkedHashSet<>();
    known.flatMap(one -> one.model(environment)).ifPresent(models::add);
    models.addAll(values.find(MODELS, name).orElse(List.of()));
    return List.copyOf(models);
  }

  private Optional<String> key(String name, Told told) {
    Optional<Value> written = values.at(KEY, name);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    if (written.get().texts().size() != 1 || !References.only(written.get().texts().getFirst())) {
      values.problem(
          written.get(),
          "must be a reference such as ${"
              + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")
              + "_API_KEY} or ${file:/run/secrets/"
              + name
              + "}, so that the key does not stand in the file");
      return Optional.empty();
    }
    return secret(written.get(), told);
  }

  private Map<String, String> headers(String name, Told told) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : values.names(SECTION, name, "headers")) {
      values
          .at(HEADER, name, header)
          .filter(written -> admissible(header, written))
          .flatMap(written ->
              References.in(written.texts().getFirst())
                  ? secret(written, told)
                  : Optional.of(written.texts().getFirst()))
          .ifPresent(value -> headers.put(header.toLowerCase(Locale.ROOT), value));
    }
    return headers;
  }

  private boolean admissible(String header, Value written) {
    if (written.texts().size() != 1) {
      values.problem(written, "must be one text");
      return false;
    }
    if (SECRET_HEADER.matcher(header.toLowerCase(Locale.ROOT)).matches()
        && !References.in(written.texts().getFirst())) {
      values.problem(
          written, "must hold a reference such as ${NAME}, so that no secret stands in the file");
      return false;
    }
    return true;
  }

  /** The value; what it lacks is no problem of the file, but makes the provider unusable. */
  private Optional<String> secret(Value written, Told told) {
    String text = written.texts().getFirst();
    Optional<String> lack = values.references().missing(text);
    if (lack.isPresent()) {
      told.missing.add(Value.written(written.path()) + ": " + lack.get());
      return Optional.empty();
    }
    return Optional.of(told.secret(values.references().resolved(text)));
  }

  private HttpTimeouts timeouts(String name) {
    return new HttpTimeouts(
        timeout(OWN_CONNECT, CONNECT, name),
        timeout(OWN_FIRST_BYTE, FIRST_BYTE, name),
        timeout(OWN_IDLE_FIRST_CONTENT, IDLE_FIRST_CONTENT, name),
        timeout(OWN_IDLE, IDLE, name),
        HttpTimeouts.STREAM.afterClientGone());
  }

  private Duration timeout(Key<Duration> own, Key<Duration> shared, String name) {
    return values.find(own, name).orElseGet(() -> values.get(shared));
  }

  /** What a provider is told that must not be shown, and what is missing of that. */
  private static final class Told {
    final List<Secret> secrets = new ArrayList<>();
    final List<String> missing = new ArrayList<>();

    String secret(String value) {
      secrets.add(new Secret(value));
      return value;
    }
  }
}
