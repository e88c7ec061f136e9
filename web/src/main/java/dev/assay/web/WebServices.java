package dev.assay.web;

import dev.assay.core.id.UuidV7;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.Calls;
import dev.assay.core.store.RecordedModel;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server needs from the rest of the program; all of it thread-safe.
 *
 * @param model answers calls and records them
 * @param catalog what can be asked
 * @param calls reads what was recorded
 * @param recorder records what is refused, and hears of answers that did not arrive
 * @param unready why the program does not take calls; empty when it does
 * @param secrets what is masked in what is kept of refused bodies
 * @param token the token by which commands on this host are known, as {@code Authorization: Bearer}
 * @param clock tells the time
 * @param tasks waits and runs beside
 * @param ids makes identifiers of calls
 */
public record WebServices(
    RecordedModel model,
    ModelCatalog catalog,
    Calls calls,
    Recorder recorder,
    Supplier<Optional<String>> unready,
    Secrets secrets,
    Optional<String> token,
    Clock clock,
    Tasks tasks,
    UuidV7 ids) {}
