package dev.assay.app.config;

import dev.assay.providers.attempt.Account;
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
          "providers.*.format", Kind.choice(Format.class), "openai", "The wire format it speaks.");

  static final Key<URI> BASE_URL =
      Key.of(
          "providers.*.base-url",
          Kind.ADDRESS,
          "Where its API begins, such as `https://api.groq.com/openai/v1`. Required, but for"
              + " `openai` and `hyperbolic`.");

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

  /** The wire formats that can be configured. */
  enum Format {
    OPENAI
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
    for (Known known : Known.values()) {
      names.add(known.provider());
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
    // There is one format, but a wrong one must not pass unseen.
    values.find(FORMAT, name);
    Optional<Known> known = Known.of(name);
    Optional<URI> address =
        values
            .find(BASE_URL, name)
            .or(() -> known.flatMap(one -> one.address(values, environment)));
    if (address.isEmpty()) {
      if (values.at(BASE_URL, name).isEmpty()) {
        values.problem("providers." + name + ".base-url: is missing");
      }
      return Optional.empty();
    }
    Told told = new Told();
    Optional<String> key =
        key(name, told).or(() -> known.flatMap(one -> one.key(environment)).map(told::secret));
    Map<String, String> headers = headers(name, told);
    boolean configured = values.names(SECTION).contains(name);
    known
        .filter(one -> key.isEmpty() && values.at(KEY, name).isEmpty())
        .flatMap(one -> one.lacking(environment, configured))
        .ifPresent(told.missing::add);
    List<String> models = models(name, known);
    try {
      Account account =
          new Account(
              name,
              address.get(),
              key,
              headers,
              timeouts(name),
              Account.LARGEST_ANSWER,
              configured ? values.file() : known.map(one -> one.source(environment)).orElse(""),
              Set.copyOf(models));
      return Optional.of(
          new ProviderSettings(account, models, told.missing.stream().findFirst(), told.secrets));
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
