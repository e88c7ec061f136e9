package dev.assay.web.api;

import dev.assay.core.id.UuidV7;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.time.Clock;
import dev.assay.web.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/** Makes the contexts of calls that come in by a door. Thread-safe. */
public final class CallContexts {
  private final Clock clock;
  private final UuidV7 ids;
  private final Duration call;
  private final int attempts;
  private final int perModel;
  private final Optional<byte[]> authorization;

  /**
   * Contexts.
   *
   * @param call how long a call may take
   * @param attempts how many attempts it may make in all
   * @param perModel how many on one model
   * @param token the token by which commands on this host are known
   */
  public CallContexts(
      Clock clock, UuidV7 ids, Duration call, int attempts, int perModel, Optional<String> token) {
    this.clock = clock;
    this.ids = ids;
    this.call = call;
    this.attempts = attempts;
    this.perModel = perModel;
    this.authorization = token.map(secret -> bytes("Bearer " + secret));
  }

  /** A request as it comes in. */
  Arrival arrival(RequestHead head) {
    return new Arrival(ids.next(), principal(head), clock.now(), clock.nanos());
  }

  /** Who makes a request. */
  Principal principal(RequestHead head) {
    // Without keys everybody on this host is local; what a client sends as its key is nobody's
    // business unless it is the token.
    if (authorization.isEmpty() || head.authorization().isEmpty()) {
      return Principal.LOCAL;
    }
    boolean known = MessageDigest.isEqual(authorization.get(), bytes(head.authorization().get()));
    return known ? Principal.HOST : Principal.LOCAL;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The context of a call. */
  CallContext context(Arrival arrival, Attached.Valid attached) {
    return new CallContext(
        arrival.callId(),
        attached.attachment(),
        arrival.principal(),
        arrival.at().plus(call),
        new Cancellation(),
        new AttemptBudget(attempts, perModel),
        attached.metadata());
  }

  /** How long it is since a request came in. */
  Duration since(Arrival arrival) {
    return clock.since(arrival.nanos());
  }
}
