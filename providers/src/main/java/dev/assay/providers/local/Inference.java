package dev.assay.providers.local;

import ai.onnxruntime.OrtException;
import dev.assay.core.vector.Vector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the model on a few platform threads, because native code holds the thread that carries a
 * virtual one. The model is loaded when it is first asked for, and stays. Of each call only as many
 * texts wait as there are threads, so that a long one lets others in between. Thread-safe.
 */
final class Inference {
  private final LocalSettings settings;
  private final ExecutorService threads;
  private final Object lock = new Object();
  private @Nullable SentenceModel model;
  private @Nullable String flaw;

  Inference(LocalSettings settings) {
    this.settings = settings;
    this.threads =
        Executors.newFixedThreadPool(
            settings.threads(),
            Thread.ofPlatform().name("assay-local-model-", 1).daemon().factory());
  }

  /**
   * What became of some texts.
   *
   * @param vectors the vectors, in order; fewer than texts when it was told to end
   * @param tokens how many tokens were embedded
   * @param cut how many texts were longer than the model takes
   */
  record Result(List<Vector> vectors, long tokens, int cut) {}

  /** It does not run here. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String why) {
      super(why);
    }
  }

  /** Why it does not run here; empty while that is not known. */
  Optional<String> flaw() {
    synchronized (lock) {
      return Optional.ofNullable(flaw);
    }
  }

  /**
   * Embeds texts.
   *
   * @param unwanted asked before each text whether to end
   */
  Result embed(List<String> texts, BooleanSupplier unwanted)
      throws UnusableException, InterruptedException {
    List<Vector> vectors = new ArrayList<>(texts.size());
    int cut = 0;
    long tokens = 0;
    Deque<FutureTask<One>> waiting = new ArrayDeque<>();
    int next = 0;
    while (vectors.size() < texts.size()) {
      while (next < texts.size() && waiting.size() < settings.threads()) {
        waiting.add(start(texts.get(next++)));
      }
      if (unwanted.getAsBoolean()) {
        waiting.forEach(task -> task.cancel(false));
        break;
      }
      One one = await(waiting.remove());
      if (one.tokens().left() > 0) {
        cut++;
      }
      tokens += one.tokens().ids().length;
      vectors.add(one.vector());
    }
    return new Result(vectors, tokens, cut);
  }

  private record One(Tokens tokens, Vector vector) {}

  private FutureTask<One> start(String text) {
    FutureTask<One> task =
        new FutureTask<>(() -> {
          SentenceModel loaded = loaded();
          Tokens tokens = loaded.tokens(text);
          return new One(tokens, loaded.embed(tokens));
        });
    threads.execute(task);
    return task;
  }

  private static One await(FutureTask<One> task) throws UnusableException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case UnusableException unusable -> throw unusable;
        case OrtException broken ->
            throw new UnusableException(String.valueOf(broken.getMessage()));
        case RuntimeException defect -> throw defect;
        case Error defect -> throw defect;
        case null, default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }

  private SentenceModel loaded() throws UnusableException {
    synchronized (lock) {
      if (flaw != null) {
        throw new UnusableException(flaw);
      }
      SentenceModel ready = model;
      if (ready == null) {
        ready = load();
        model = ready;
      }
      return ready;
    }
  }

  private SentenceModel load() throws UnusableException {
    try {
      return SentenceModel.load(settings.natives());
    } catch (IOException | OrtException | LinkageError unusable) {
      // It is not tried again: the loader of native code gives each library one chance.
      flaw = String.valueOf(unusable.getMessage());
      throw new UnusableException(flaw);
    }
  }
}
