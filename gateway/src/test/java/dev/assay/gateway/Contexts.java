package dev.assay.gateway;

import dev.assay.core.id.UuidV7;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Contexts of calls that begin now. */
public final class Contexts {
  private Contexts() {}

  /** With the deadline and the attempts that hold unless configured otherwise. */
  public static CallContext of(Clock clock) {
    return of(clock, GatewaySettings.DEFAULT.deadline(), GatewaySettings.DEFAULT.budget());
  }

  /** With the given time and attempts. */
  public static CallContext of(Clock clock, Duration time, AttemptBudget attempts) {
    return new CallContext(
        new UuidV7(clock, new Random(1)).next(),
        CallContext.Attachment.NONE,
        Principal.LOCAL,
        clock.now().plus(time),
        new Cancellation(),
        attempts,
        Map.of());
  }
}
