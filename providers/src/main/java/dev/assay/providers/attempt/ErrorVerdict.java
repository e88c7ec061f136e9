package dev.assay.providers.attempt;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.wire.format.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a provider's error means.
 *
 * @param code the stable code
 * @param retry whether another attempt is worth it
 */
record ErrorVerdict(ErrorCode code, RetryDecision retry) {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  private static final List<String> OVERLOADED =
      List.of("overloaded", "server_busy", "engine_busy", "capacity_exceeded");
  private static final List<String> QUOTA =
      List.of(
          "insufficient_quota",
          "billing_hard_limit_reached",
          "insufficient_balance",
          "billing_error");
  private static final List<String> KEY_REFUSED = List.of("api_key_invalid", "invalid_api_key");
  private static final List<String> LIMITED = List.of("rate_limit", "too_many_requests");
  // Not a "block".
  private static final Pattern LOCK = Pattern.compile("(?<![a-z])lock");

  private static final List<String> REFUSED =
      List.of("invalid_request", "invalid_value", "context_length_exceeded", "content_filter");

  /**
   * Judges an error: the one place where a status and a body become a failure.
   *
   * @param status the status of the response; 200 when the error came with a success
   * @param headers the response headers, names in lower case
   * @param error the error in the body, if there was one
   * @param now what dates in headers are compared with
   */
  static ErrorVerdict of(
      int status, Map<String, String> headers, Optional<ApiError> error, Instant now) {
    Words words = new Words(error);
    int meant = status == OK ? words.status() : status;
    RetryDecision again =
        new RetryDecision.After(
            RetryAfter.of(headers, now)
                .or(() -> error.flatMap(ApiError::pause))
                .orElse(Duration.ZERO));
    ErrorVerdict verdict = judge(meant, words, again);
    // Whoever says so has tried again on its own.
    return "false".equalsIgnoreCase(headers.get("x-should-retry")) ? never(verdict.code) : verdict;
  }

  private static ErrorVerdict judge(int status, Words words, RetryDecision again) {
    if (words.name(QUOTA)) {
      return never(ErrorCode.PROVIDER_QUOTA);
    }
    if (words.name(KEY_REFUSED)) {
      return never(ErrorCode.PROVIDER_AUTHENTICATION);
    }
    if (words.overloaded(status)) {
      return new ErrorVerdict(ErrorCode.PROVIDER_OVERLOADED, again);
    }
    return switch (status) {
      case 401, 403 -> never(ErrorCode.PROVIDER_AUTHENTICATION);
      case 402 -> never(ErrorCode.PROVIDER_QUOTA);
      case 408, 500, 502, 504 -> new ErrorVerdict(ErrorCode.PROVIDER_ERROR, again);
      case 409 ->
          words.locked()
              ? new ErrorVerdict(ErrorCode.PROVIDER_ERROR, again)
              : never(ErrorCode.PROVIDER_REJECTED);
      case 429 -> new ErrorVerdict(ErrorCode.RATE_LIMITED, again);
      case 503, 529 -> new ErrorVerdict(ErrorCode.PROVIDER_OVERLOADED, again);
      default -> other(status, words);
    };
  }

  private static ErrorVerdict other(int status, Words words) {
    if (status >= SERVER_ERROR) {
      return never(ErrorCode.PROVIDER_ERROR);
    }
    if (status < 400) {
      return never(ErrorCode.MALFORMED_RESPONSE);
    }
    return never(
        words.unknownModel(status)
            ? ErrorCode.PROVIDER_MODEL_NOT_FOUND
            : ErrorCode.PROVIDER_REJECTED);
  }

  private static ErrorVerdict never(ErrorCode code) {
    return new ErrorVerdict(code, RetryDecision.never());
  }

  /** The words of an error, in lower case. */
  private static final class Words {
    private final List<String> names;
    private final String message;

    Words(Optional<ApiError> error) {
      names =
          error.stream()
              .flatMap(each -> Stream.concat(each.code().stream(), each.type().stream()))
              .map(name -> name.toLowerCase(Locale.ROOT))
              .toList();
      message =
          error.flatMap(ApiError::message).map(text -> text.toLowerCase(Locale.ROOT)).orElse("");
    }

    boolean name(List<String> words) {
      return names.stream().anyMatch(name -> words.stream().anyMatch(name::contains));
    }

    // A message may quote the request, so it counts only where the request is not at fault.
    boolean overloaded(int status) {
      return name(OVERLOADED)
          || ((status >= SERVER_ERROR || status == 429) && message.contains("overloaded"));
    }

    boolean locked() {
      return LOCK.matcher(message).find()
          || names.stream().anyMatch(name -> LOCK.matcher(name).find());
    }

    boolean unknownModel(int status) {
      boolean notThere = message.contains("not found") || message.contains("does not exist");
      return name(List.of("model_not_found", "model_not_exist", "deploymentnotfound"))
          || (status == 404 && message.contains("model") && notThere)
          || (status == 404 && message.startsWith("model:"));
    }

    /** The status that an error would have had if it had not come with a success. */
    int status() {
      Optional<Integer> digits =
          names.stream()
              .filter(name -> name.matches("[45]\\d\\d"))
              .map(Integer::valueOf)
              .findFirst();
      if (digits.isPresent()) {
        return digits.get();
      }
      if (name(List.of("authentication", "invalid_api_key", "permission"))) {
        return 401;
      }
      if (name(List.of("model_not_found", "not_found"))) {
        return 404;
      }
      if (name(REFUSED)) {
        return 400;
      }
      return name(LIMITED) ? 429 : SERVER_ERROR;
    }
  }
}
