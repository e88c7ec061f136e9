package dev.assay.ledger.record;

import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Timings;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call as the values of {@link RecordType#CALL}. */
final class CallColumns {
  private static final int USAGE = RecordType.CALL.index("input_tokens");
  private static final int COMMITMENTS = RecordType.CALL.index("request_commitment");

  private static final int CREATED = RecordType.CALL.index("created_at");
  private static final int AUDIO = RecordType.CALL.index("input_audio_tokens");

  private CallColumns() {}

  static @Nullable Object[] of(CallRecord call, Bodies bodies, Secrets secrets) {
    @Nullable Object[] values = new @Nullable Object[RecordType.CALL.columns().size()];
    putIdentity(values, call, secrets);
    putOutcome(values, call, secrets);
    putCommitments(values, bodies);
    values[CREATED] = Times.micros(call.createdAt());
    return values;
  }

  static void putCommitments(@Nullable Object[] values, Bodies bodies) {
    int at = COMMITMENTS;
    for (BodyPart part : BodyPart.values()) {
      values[at++] = bodies.commitment(part);
    }
  }

  private static void putIdentity(@Nullable Object[] values, CallRecord call, Secrets secrets) {
    CallContext context = call.context();
    CallContext.Attachment attachment = context.attachment();
    int at = 0;
    values[at++] = context.callId().toString();
    values[at++] = attachment.parentId().map(UUID::toString).orElse(null);
    values[at++] = attachment.runId().map(secrets::scrub).orElse(null);
    values[at++] = attachment.step().map(secrets::scrub).orElse(null);
    values[at++] = call.outcome().details().kind().text();
    values[at++] = secrets.scrub(context.principal().name());
    values[at++] = call.userId().map(secrets::scrub).orElse(null);
    values[at] = call.leaderId().map(UUID::toString).orElse(null);
  }

  private static void putOutcome(@Nullable Object[] values, CallRecord call, Secrets secrets) {
    Details details = call.outcome().details();
    Timings timings = details.timings();
    int at = RecordType.CALL.index("provider");
    values[at++] = secrets.scrub(details.provider());
    values[at++] = secrets.scrub(details.model());
    values[at++] = call.modality();
    values[at++] = call.outcome().status().text();
    values[at++] = call.delivered().text();
    values[at++] = call.outcome() instanceof Failure failure ? failure.code().text() : null;
    values[at++] = timings.latency().toNanos() / 1_000;
    values[at] = timings.firstToken().map(time -> time.toNanos() / 1_000).orElse(null);
    UsageColumns.put(values, USAGE, details.usage());
    UsageColumns.put(values, USAGE + 7, details.cost());
    UsageColumns.putAudio(values, AUDIO, details.usage());
    at = USAGE + UsageColumns.COUNT;
    values[at++] = priceVersions(details.attempts());
    values[at++] = details.embedding().map(EmbeddingReport::requestHash).orElse(null);
    values[at++] = details.simulated() ? 1L : 0L;
    values[at++] = (long) details.attempts().size();
    values[at] = call.context().attachment().group().map(secrets::scrub).orElse(null);
  }

  private static @Nullable String priceVersions(List<Attempt> attempts) {
    if (attempts.size() == 1) {
      return attempts.getFirst().priceVersion().orElse(null);
    }
    String versions =
        attempts.stream()
            .map(Attempt::priceVersion)
            .flatMap(Optional::stream)
            .distinct()
            .collect(Collectors.joining(","));
    return versions.isEmpty() ? null : versions;
  }
}
