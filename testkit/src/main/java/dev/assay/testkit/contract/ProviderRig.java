package dev.assay.testkit.contract;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Provider;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.request.Streaming;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import dev.assay.testkit.LiveThreads;
import dev.assay.testkit.ManualClock;
import dev.assay.testkit.upstream.ScriptedUpstream;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/**
 * An adapter, the server that it asks, and the clock that it measures with. Closing it checks that
 * no thread and no connection was left. For one test.
 */
public final class ProviderRig implements AutoCloseable {
  /** The key of the account; it must not appear in any failure. */
  public static final String KEY = "sk-rig-0123456789abcdef";

  /** A request that wants its answer in one piece. */
  public static final ChatRequest WHOLE = ChatRequest.of("model-1", "What is a token?");

  /** A request that wants a stream. */
  public static final ChatRequest STREAM = WHOLE.withStreaming(Streaming.EVENTS);

  private static final Duration DEADLINE = Duration.ofDays(100);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final int MOST_GLANCES = 1_500;
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final LiveThreads threads = LiveThreads.now();
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final ManualClock clock = new ManualClock();
  private final Tasks tasks = Tasks.virtualThreads();
  private final HttpClient http = HttpClient.open(HttpSettings.DEFAULT, clock);
  private final List<Delta> deltas = new CopyOnWriteArrayList<>();
  private final List<StreamHead> heads = new CopyOnWriteArrayList<>();
  private final Dialect dialect;

  /** A rig for an adapter. */
  public ProviderRig(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The server. */
  public ScriptedUpstream upstream() {
    return upstream;
  }

  /** What every timeout and deadline is measured with; it goes only when it is told to. */
  public ManualClock clock() {
    return clock;
  }

  /** Sends requests; closed with the rig. */
  public HttpClient http() {
    return http;
  }

  /** Tasks in real time. */
  public Tasks tasks() {
    return tasks;
  }

  /** What has passed the sink since the last request, in order. */
  public List<Delta> deltas() {
    return List.copyOf(deltas);
  }

  /** The heads that have passed the sink since the last request. */
  public List<StreamHead> heads() {
    return List.copyOf(heads);
  }

  /** Waits until this many deltas have passed the sink since the last request. */
  public synchronized void awaitDeltas(int count) {
    try {
      for (int i = 0; deltas.size() < count; i++) {
        if (i == MOST_GLANCES) {
          throw new AssertionError("waited in vain for " + count + " deltas");
        }
        wait(GLANCE.toMillis());
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupt);
    }
  }

  private synchronized void take(Delta delta) {
    deltas.add(delta);
    notifyAll();
  }

  private Sink sink() {
    return new Sink() {
      @Override
      public void begin(StreamHead head) {
        if (!deltas.isEmpty()) {
          throw new AssertionError("the head came behind content");
        }
        heads.add(head);
      }

      @Override
      public void accept(Delta delta) {
        take(delta);
      }
    };
  }

  /** The text that has passed the sink since the last request. */
  public String text() {
    StringBuilder text = new StringBuilder();
    deltas.forEach(delta -> text.append(delta.text()));
    return text.toString();
  }

  /** The raw events that have passed the sink since the last request. */
  public String raw() {
    StringBuilder raw = new StringBuilder();
    for (Delta delta : deltas) {
      delta.raw().ifPresent(event -> raw.append(event.event().utf8()));
    }
    return raw.toString();
  }

  /** An adapter for the server. */
  public Provider adapter() {
    return dialect.adapter(upstream.uri(), http, Secrets.of(List.of(KEY)), clock, tasks);
  }

  /** An adapter for an address at which nobody listens. */
  public Provider lostAdapter() {
    return dialect.adapter(
        ScriptedUpstream.refusing(), http, Secrets.of(List.of(KEY)), clock, tasks);
  }

  /** Asks and waits for what comes of it. */
  public Outcome ask(Request request) {
    return ask(adapter(), request, new Cancellation());
  }

  /** Asks a certain adapter, and waits for what comes of it. */
  public Outcome ask(Provider adapter, Request request, Cancellation cancellation) {
    deltas.clear();
    heads.clear();
    return adapter.answer(request, context(cancellation), sink());
  }

  /** Asks and expects an answer. */
  public Answer answer(Request request) {
    return switch (ask(request)) {
      case Answer answer -> answer;
      case Failure failure ->
          throw new AssertionError("failed: " + failure.code() + ": " + failure.message());
    };
  }

  /** Asks and expects a failure. */
  public Failure failure(Request request) {
    return failed(ask(request));
  }

  /** The failure that an outcome is. */
  public static Failure failed(Outcome outcome) {
    return switch (outcome) {
      case Failure failure -> failure;
      case Answer answer -> throw new AssertionError("answered: " + answer.text());
    };
  }

  /** A call that runs beside the test. */
  public static final class Asked {
    private final Cancellation cancellation = new Cancellation();
    private final Task<Outcome> task;

    private Asked(ProviderRig rig, Request request) {
      task = rig.tasks.fork("asked", () -> rig.ask(rig.adapter(), request, cancellation));
    }

    /** Whether it is still wanted. */
    public Cancellation cancellation() {
      return cancellation;
    }

    /** Waits for what comes of it. */
    public Outcome outcome() {
      return result(task);
    }
  }

  /** Asks beside the test. */
  public Asked start(Request request) {
    return new Asked(this, request);
  }

  /** Lets time pass, again and again, until a call is over; see {@link #whilePassing}. */
  public Outcome outcomeWhilePassing(Asked asked, Duration step) {
    return whilePassing(step, asked::outcome);
  }

  /**
   * Runs something beside the test and lets time pass, again and again, until it is over.
   *
   * @param step how much passes at once
   */
  public <T> T whilePassing(Duration step, Callable<T> body) {
    return whilePassing(step, MOST_GLANCES, GLANCE, body);
  }

  /**
   * Lets time pass until a call is over, a few times at most, and waits longer each time.
   *
   * @param step how much passes at once
   * @param steps how often
   */
  public Outcome outcomeWithin(Asked asked, Duration step, int steps) {
    return whilePassing(step, steps, LOOK, asked::outcome);
  }

  private <T> T whilePassing(Duration step, int steps, Duration look, Callable<T> body) {
    Signal over = tasks.signal();
    Task<T> task =
        tasks.fork(
            "beside",
            () -> {
              try {
                return body.call();
              } finally {
                over.fire();
              }
            });
    try {
      for (int i = 0; i < steps; i++) {
        clock.advance(step);
        if (over.await(look)) {
          return result(task);
        }
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("it does not end, whatever time passes");
  }

  private static <T> T result(Task<T> task) {
    try {
      return task.await();
    } catch (ExecutionException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupt);
    }
  }

  /** Every text in an outcome, to look for what must not be there. */
  public static String everythingIn(Outcome outcome) {
    StringBuilder all = new StringBuilder(outcome.toString());
    outcome.details().exchange().ifPresent(exchange -> append(all, exchange));
    for (Attempt attempt : outcome.details().attempts()) {
      attempt.received().ifPresent(bytes -> all.append('\n').append(bytes.utf8()));
    }
    if (outcome instanceof Failure failure) {
      failure.provider().map(ProviderError::body).ifPresent(body -> all.append(body.utf8()));
      all.append(Part.text(failure.partial()));
    }
    return all.toString();
  }

  private static void append(StringBuilder all, Exchange exchange) {
    all.append('\n').append(exchange.body().utf8());
    exchange.headers().forEach((name, value) -> all.append('\n').append(value));
    exchange.held().forEach(event -> all.append('\n').append(event.raw().utf8()));
  }

  private CallContext context(Cancellation cancellation) {
    return new CallContext(
        new UUID(0, 1),
        CallContext.Attachment.NONE,
        Principal.LOCAL,
        clock.now().plus(DEADLINE),
        cancellation,
        new AttemptBudget(6, 4),
        Map.of());
  }

  /**
   * Ends everything.
   *
   * @throws AssertionError when a connection or a thread was left behind
   */
  @Override
  public void close() {
    http.close();
    upstream.awaitClosed();
    upstream.close();
    threads.assertNoneLeft();
  }
}
