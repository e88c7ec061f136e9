package dev.assay.providers.azure;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.request.WireFormat;
import dev.assay.core.time.Clock;
import dev.assay.providers.openai.OpenAiApi;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.http.BodyRead;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpRequest;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpTimeouts;
import dev.assay.wire.json.Json;
import dev.assay.wire.openai.ChatErrorReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a resource whether it has a deployment, and remembers what it said. The question is a
 * request without messages: one that is there refuses it, so that nothing is generated or billed.
 * Thread-safe.
 */
final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  // As long as a listing is good for.
  private static final Duration MISSING_FOR = Duration.ofMinutes(5);
  private static final int LARGEST = 1024 * 1024;

  private final AzureSettings settings;
  private final OpenAiApi api;
  private final HttpClient http;
  private final Clock clock;
  private final Map<String, Remembered> verdicts = new ConcurrentHashMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  private record Remembered(DeploymentVerdict verdict, long nanos) {}

  Deployments(AzureSettings settings, OpenAiApi api, HttpClient http, Clock clock) {
    this.settings = settings;
    this.api = api;
    this.http = http;
    this.clock = clock;
  }

  /** Whether it is remembered that there is no such deployment. */
  boolean missing(String deployment) {
    return remembered(deployment) == DeploymentVerdict.NOT_FOUND;
  }

  /**
   * The verdict on a deployment; asked for unless it is remembered.
   *
   * @param deadline when an answer must have come
   */
  DeploymentVerdict probe(String deployment, Instant deadline) {
    DeploymentVerdict remembered = remembered(deployment);
    if (remembered != DeploymentVerdict.UNKNOWN) {
      return remembered;
    }
    DeploymentVerdict verdict = ask(deployment, deadline);
    // What went wrong may go right in a moment.
    if (verdict != DeploymentVerdict.UNKNOWN) {
      verdicts.put(deployment, new Remembered(verdict, clock.nanos()));
    }
    if (verdict == DeploymentVerdict.NOT_FOUND && reported.add(deployment)) {
      LOG.warn(
          "{} has no deployment {}: it is left out of its models; create it, or correct its name.",
          settings.account().name(),
          deployment);
    }
    return verdict;
  }

  // One that is missing may have been created since.
  private DeploymentVerdict remembered(String deployment) {
    Remembered last = verdicts.get(deployment);
    if (last == null) {
      return DeploymentVerdict.UNKNOWN;
    }
    boolean old = clock.since(last.nanos()).compareTo(MISSING_FOR) >= 0;
    return old && last.verdict() == DeploymentVerdict.NOT_FOUND
        ? DeploymentVerdict.UNKNOWN
        : last.verdict();
  }

  private DeploymentVerdict ask(String deployment, Instant deadline) {
    HttpRequest request =
        api.completion(
            WireFormat.OPENAI_CHAT, deployment, question(deployment), false, Optional.empty());
    return switch (http.send(request, HttpTimeouts.WHOLE, deadline, new Cancellation())) {
      case HttpFailure _ -> DeploymentVerdict.UNKNOWN;
      case HttpResponse response -> judge(response);
    };
  }

  private static Bytes question(String deployment) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("model", deployment);
      json.writeArrayPropertyStart("messages");
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static DeploymentVerdict judge(HttpResponse response) {
    int status = response.status();
    return switch (response.readAll(LARGEST)) {
      case BodyRead.Broken _ -> DeploymentVerdict.UNKNOWN;
      case BodyRead.Whole(var body) ->
          switch (status) {
            case 200, 400, 422 -> DeploymentVerdict.FOUND;
            case 404 -> pathUnknown(body) ? DeploymentVerdict.UNKNOWN : DeploymentVerdict.NOT_FOUND;
            default -> DeploymentVerdict.UNKNOWN;
          };
    };
  }

  // That is what a wrong endpoint or version gets, whatever the deployment.
  private static boolean pathUnknown(Bytes body) {
    return ChatErrorReader.read(body).flatMap(ApiError::code).filter("404"::equals).isPresent();
  }
}
