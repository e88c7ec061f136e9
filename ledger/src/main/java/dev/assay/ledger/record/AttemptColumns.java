package dev.assay.ledger.record;

import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.secret.Secrets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt as the values of {@link RecordType#ATTEMPT_COLUMNS}. */
final class AttemptColumns {
  private static final int USAGE = RecordType.ATTEMPT_COLUMNS.indexOf("input_tokens");

  private static final int AUDIO = RecordType.ATTEMPT_COLUMNS.indexOf("input_audio_tokens");

  private AttemptColumns() {}

  static @Nullable Object[] of(Attempt attempt, Secrets secrets, KeyedDigest keyed) {
    @Nullable Object[] values = new @Nullable Object[RecordType.ATTEMPT_COLUMNS.size()];
    int at = 0;
    values[at++] = (long) attempt.number();
    values[at++] = attempt.role().text();
    values[at++] = secrets.scrub(attempt.provider());
    values[at++] = secrets.scrub(attempt.model());
    values[at++] = attempt.endpoint().map(secrets::scrub).orElse(null);
    values[at++] = attempt.httpStatus().map(Integer::longValue).orElse(null);
    values[at++] = code(attempt.error());
    values[at++] = code(attempt.retryReason());
    values[at++] = micros(attempt.delay());
    values[at] = micros(attempt.latency());
    UsageColumns.put(values, USAGE, attempt.usage());
    UsageColumns.put(values, USAGE + 7, attempt.cost());
    at = USAGE + UsageColumns.COUNT;
    values[at++] = attempt.priceVersion().orElse(null);
    values[at++] = attempt.providerRequestId().map(secrets::scrub).orElse(null);
    values[at++] = attempt.sent().map(keyed::of).orElse(null);
    values[at++] = attempt.received().map(keyed::of).orElse(null);
    values[at] = Times.micros(attempt.startedAt());
    UsageColumns.putAudio(values, AUDIO, attempt.usage());
    return values;
  }

  private static @Nullable String code(Optional<ErrorCode> code) {
    return code.map(ErrorCode::text).orElse(null);
  }

  private static Long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
