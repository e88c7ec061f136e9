package dev.assay.gateway;

import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.gateway.names.ModelNames;
import dev.assay.gateway.names.NamedModels;
import dev.assay.gateway.names.Providers;
import dev.assay.gateway.prices.PriceTable;
import dev.assay.gateway.recording.RecordingModel;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Everything between a request and the providers: {@code Recording(Named(Fallback(Retrying(Priced(
 * Estimating(provider))))))}. Thread-safe.
 *
 * @param model asks any model by name and records every outcome
 * @param catalog what can be asked
 * @param prices what models cost
 * @param warnings what the settings name but cannot be used now, one sentence each
 */
public record Gateway(
    RecordingModel model, NamedModels catalog, PriceTable prices, List<String> warnings) {
  /** Copies the warnings. */
  public Gateway {
    warnings = List.copyOf(warnings);
  }

  /**
   * Puts a gateway together.
   *
   * @param settings how models are asked
   * @param providers who can be asked
   * @param recorder takes every outcome
   * @param embeddings has the vectors that came before
   * @param clock tells the time
   * @param tasks waits
   * @param random draws the waits between attempts; must be thread-safe
   * @throws IllegalArgumentException when the settings contradict each other or name what nobody
   *     knows; the message names the key
   */
  public static Gateway of(
      GatewaySettings settings,
      Providers providers,
      Recorder recorder,
      EmbeddingCache embeddings,
      Clock clock,
      Tasks tasks,
      RandomGenerator random) {
    PriceTable prices = PriceTable.shippedAnd(settings.prices());
    ModelNames names = new ModelNames(providers, settings.aliases());
    Stacks stacks = new Stacks(settings, providers, prices, embeddings, clock, tasks, random);
    NamedModels catalog =
        new NamedModels(
            names, providers, stacks.byProvider(), stacks.withFallbacks(names), clock, tasks);
    return new Gateway(
        new RecordingModel(catalog, recorder, clock), catalog, prices, stacks.warnings());
  }
}
