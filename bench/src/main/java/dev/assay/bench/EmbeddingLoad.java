package dev.assay.bench;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Model;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.gateway.embedding.EmbeddingModel;
import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.SqliteLedger;
import dev.assay.providers.local.LocalProvider;
import dev.assay.providers.local.LocalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Says how many short texts the model in process embeds in a second on one thread, and how many
 * texts are looked up whose vectors are known: {@code EmbeddingLoad <seconds> <folder>}.
 */
final class EmbeddingLoad {
  private static final int TEXTS = 1_000;
  private static final int BATCH = 100;

  private final Clock clock = Clock.system();
  private final long nanos;

  private EmbeddingLoad(int seconds) {
    this.nanos = seconds * 1_000_000_000L;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[1]), "embeddings");
    new EmbeddingLoad(Integer.parseInt(arguments[0])).run(folder);
  }

  private void run(Path folder) throws Exception {
    LocalProvider local = new LocalProvider(new LocalSettings(folder.resolve("native"), 1), clock);
    List<List<String>> batches =
        IntStream.range(0, TEXTS / BATCH)
            .mapToObj(batch ->
                IntStream.range(0, BATCH)
                    .mapToObj(text ->
                        "The weather is lovely today, said number " + (batch * BATCH + text) + ".")
                    .toList())
            .toList();
    ask(local, batches.getFirst());
    report("embedded on one thread", local, batches, BATCH);
    LedgerSettings settings = LedgerSettings.of(folder.resolve("ledger"));
    try (SqliteLedger ledger = SqliteLedger.open(settings, clock, Secrets.NONE)) {
      EmbeddingModel cached =
          new EmbeddingModel(
              new EmbeddingModel.Upstream(
                  LocalProvider.NAME,
                  local,
                  local.embeddingBatch(),
                  false,
                  () -> new AttemptBudget(1, 1)),
              ledger.embeddings(),
              clock,
              Tasks.virtualThreads());
      batches.forEach(batch -> ask(cached, batch));
      report("looked up, 100 at once", cached, batches, BATCH);
      List<List<String>> single = batches.stream().flatMap(List::stream).map(List::of).toList();
      report("looked up, one at once", cached, single, 1);
    }
  }

  private void report(String what, Model model, List<List<String>> batches, int texts) {
    long began = clock.nanos();
    long asked = 0;
    while (clock.nanos() - began < nanos) {
      ask(model, batches.get((int) (asked % batches.size())));
      asked++;
    }
    double seconds = (clock.nanos() - began) / 1e9;
    System.out.printf("%s: %.0f texts/s%n", what, asked * texts / seconds);
  }

  private void ask(Model model, List<String> texts) {
    CallContext context =
        new CallContext(
            new UUID(1, 2),
            CallContext.Attachment.NONE,
            Principal.LOCAL,
            clock.now().plusSeconds(60),
            new Cancellation(),
            new AttemptBudget(1, 1),
            Map.of());
    Outcome outcome =
        model.answer(
            new EmbeddingRequest(LocalProvider.MODEL, texts, Optional.empty(), Optional.empty()),
            context,
            Sink.discarding());
    if (!(outcome instanceof Answer)) {
      throw new IllegalStateException("no vectors came");
    }
  }
}
