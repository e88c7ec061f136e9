package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.id.UuidV7;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.CallStart.Answering;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Usage;
import dev.assay.wire.json.Json;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries: JSON, scrubbing, commitments and digests, all on the caller's thread. Thread-safe.
 */
public final class Entries {
  private static final int NONCE_BYTES = 16;

  // The model that was asked comes before the resolved one, which takes its place when it is known.
  private static final Map<String, String> CALLED_IN_CALLS =
      Map.of("call_id", "id", "resolved_model", "model");

  private final Secrets secrets;
  private final Clock clock;
  private final KeyedDigest keyed;
  private final UuidV7 ids;
  private final SecureRandom random = new SecureRandom();

  /**
   * A maker.
   *
   * @param secrets what must not be stored
   * @param clock dates what has no date of its own
   * @param secret the ledger's secret
   */
  public Entries(Secrets secrets, Clock clock, Bytes secret) {
    this.secrets = secrets;
    this.clock = clock;
    this.keyed = new KeyedDigest(secret);
    this.ids = new UuidV7(clock, random);
  }

  /** The start of a stream. */
  public Entry start(CallStart start) {
    CallContext context = start.context();
    Bodies bodies =
        bodies(
            Map.of(
                BodyPart.REQUEST, start.request(),
                BodyPart.METADATA, MetadataJson.write(context.metadata())));
    @Nullable Object[] values = {
      context.callId().toString(),
      context.attachment().parentId().map(UUID::toString).orElse(null),
      text(context.attachment().runId()),
      text(context.attachment().step()),
      text(context.principal().name()),
      text(start.model()),
      text(context.attachment().group()),
      bodies.commitment(BodyPart.REQUEST),
      bodies.commitment(BodyPart.METADATA),
      Times.micros(start.createdAt()),
      text(start.userId()),
      start.modality(),
      start.answering().map(answering -> answering.kind().text()).orElse(null),
      text(start.answering().map(Answering::provider)),
      text(start.answering().map(Answering::model)),
      start
          .answering()
          .flatMap(Answering::simulated)
          .map(simulated -> simulated ? 1L : 0L)
          .orElse(null)
    };
    return new Entry(RecordType.START, values, List.of(), bodies);
  }

  /**
   * A call.
   *
   * @param withRequest whether the request is stored with it: false when its start brought it
   */
  public Entry call(CallRecord call, boolean withRequest) {
    Map<BodyPart, Bytes> contents = new EnumMap<>(BodyPart.class);
    if (withRequest) {
      contents.put(BodyPart.REQUEST, call.request());
    }
    ResponseJson.write(call).ifPresent(json -> contents.put(BodyPart.RESPONSE, json));
    if (call.outcome() instanceof Failure failure) {
      contents.put(BodyPart.ERROR, ErrorJson.write(failure));
    }
    contents.put(BodyPart.METADATA, MetadataJson.write(call.context().metadata(), call.outcome()));
    Bodies bodies = bodies(contents);
    Outcome outcome = call.outcome();
    List<@Nullable Object[]> attempts =
        outcome.details().attempts().stream()
            .<@Nullable Object[]>map(attempt -> AttemptColumns.of(attempt, secrets, keyed))
            .toList();
    return new Entry(
        RecordType.CALL,
        CallColumns.of(call, bodies, secrets),
        attempts,
        bodies,
        SideRows.of(call, secrets));
  }

  /** The digest of a content, keyed with the ledger's secret. */
  public Bytes digest(Bytes content) {
    return keyed.of(content);
  }

  /** The news that an outcome did not reach its client. */
  public Entry delivery(UUID callId, Delivered delivered) {
    @Nullable Object[] values = {
      ids.next().toString(), callId.toString(), delivered.text(), Times.micros(clock.now())
    };
    return new Entry(RecordType.DELIVERY, values, List.of(), Bodies.NONE);
  }

  /**
   * A group was made.
   *
   * @param id the group
   * @param type what kind of group it is
   * @param name its name
   * @param principal who made it
   */
  public Entry groupCreated(String id, String type, String name, String principal) {
    Bytes details =
        Json.write(json -> {
          json.writeStartObject();
          json.writeStringProperty("group_type", type);
          json.writeStringProperty("name", name);
          json.writeEndObject();
        });
    @Nullable Object[] values = {
      ids.next().toString(),
      "group_created",
      id,
      principal,
      details.utf8(),
      Times.micros(clock.now())
    };
    return new Entry(RecordType.EVENT, values, List.of(), Bodies.NONE);
  }

  /**
   * The end of a stream in whose middle the program stopped. It says what its start said; cost,
   * latency and attempts are unknown.
   *
   * @param start the columns of its start; of who answers they may be null
   * @param metadata the caller's metadata, as the start stored them
   */
  public Entry interrupted(@Nullable Object[] start, Bytes metadata) {
    Boolean simulated =
        start[RecordType.START.index("simulated")] instanceof Long flag ? flag != 0 : null;
    Bodies bodies =
        bodies(
            Map.of(
                BodyPart.ERROR, ErrorJson.interrupted(),
                BodyPart.METADATA, MetadataJson.interrupted(metadata, simulated)));
    @Nullable Object[] values = new @Nullable Object[RecordType.CALL.columns().size()];
    putUnlessKnown(values);
    for (String column : RecordType.START.columns()) {
      String called = CALLED_IN_CALLS.getOrDefault(column, column);
      Object value = start[RecordType.START.index(column)];
      if (value != null && RecordType.CALL.columns().contains(called)) {
        values[RecordType.CALL.index(called)] = value;
      }
    }
    UsageColumns.put(values, RecordType.CALL.index("input_tokens"), Usage.ABSENT);
    UsageColumns.putAudio(values, RecordType.CALL.index("input_audio_tokens"), Usage.ABSENT);
    CallColumns.putCommitments(values, bodies);
    return new Entry(RecordType.CALL, values, List.of(), bodies);
  }

  private static void putUnlessKnown(@Nullable Object[] values) {
    Map.of(
            "kind", CallKind.PROVIDER.text(),
            "provider", "",
            "modality", "text",
            "status", CallStatus.INTERRUPTED.text(),
            "delivered", Delivered.PARTIAL.text(),
            "error_code", ErrorCode.INTERRUPTED.text(),
            "cost_estimated", 0L)
        .forEach((column, value) -> values[RecordType.CALL.index(column)] = value);
  }

  private Bodies bodies(Map<BodyPart, Bytes> contents) {
    byte[] nonces = new byte[NONCE_BYTES * contents.size()];
    random.nextBytes(nonces);
    Map<BodyPart, Body> parts = new EnumMap<>(BodyPart.class);
    int used = 0;
    for (Map.Entry<BodyPart, Bytes> content : contents.entrySet()) {
      Bytes nonce = Bytes.wrap(nonces, used, used + NONCE_BYTES);
      used += NONCE_BYTES;
      parts.put(content.getKey(), new Body(nonce, secrets.scrub(content.getValue())));
    }
    return new Bodies(parts);
  }

  private String text(String value) {
    return secrets.scrub(value);
  }

  private @Nullable String text(Optional<String> value) {
    return value.map(secrets::scrub).orElse(null);
  }
}
