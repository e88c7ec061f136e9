package dev.assay.ledger;

import dev.assay.core.outcome.Delivered;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Calls;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Clock;
import dev.assay.ledger.file.Connections;
import dev.assay.ledger.file.LedgerHome;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.ledger.read.ReaderPool;
import dev.assay.ledger.read.SqliteCalls;
import dev.assay.ledger.read.StoredEmbeddings;
import dev.assay.ledger.write.LedgerStore;
import dev.assay.ledger.write.LedgerStore.Bounds;
import dev.assay.ledger.write.OnFailure;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger in an SQLite database that this process alone writes. Thread-safe.
 *
 * <p>What is to be recorded is turned into JSON, scrubbed and hashed on the caller's thread; one
 * thread writes, and many records share its commits.
 */
public final class SqliteLedger implements Recorder, AutoCloseable {
  private final LedgerStore store;
  private final LedgerSettings settings;
  private final ReaderPool pool;
  private final Calls calls;
  private final StoredEmbeddings embeddings;
  private final Map<UUID, Receipt> starts = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();

  private SqliteLedger(LedgerStore store, LedgerSettings settings, ReaderPool pool, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.pool = pool;
    this.calls = new SqliteCalls(pool, clock, settings.pageTime());
    this.embeddings = new StoredEmbeddings(pool, store.entries()::digest);
  }

  /**
   * Opens the ledger of a home, or makes one. What a stop in the middle has left behind is put in
   * order first: the spill file is emptied into the chain, and streams without an end get one.
   *
   * @param settings the settings
   * @param clock the time
   * @param secrets what must not be stored
   * @throws UnusableLedgerException when it cannot be; the message says what to do about it
   */
  public static SqliteLedger open(LedgerSettings settings, Clock clock, Secrets secrets)
      throws UnusableLedgerException {
    LedgerHome home = new LedgerHome(settings.home());
    Connections connections = new Connections(home.database());
    ReaderPool pool = new ReaderPool(connections, clock, settings.readers(), settings.queryTime());
    Bounds bounds = new Bounds(settings.writer(), settings.wal(), settings.spillReserve());
    LedgerStore store =
        LedgerStore.open(home, connections, bounds, pool.exclusive(), clock, secrets);
    return new SqliteLedger(store, settings, pool, clock);
  }

  /**
   * Opens the ledger of a home for reading only, beside whoever writes it.
   *
   * @throws UnusableLedgerException when there is none, or it cannot be read
   */
  public static ReadOnlyLedger openReadOnly(LedgerSettings settings, Clock clock)
      throws UnusableLedgerException {
    return ReadOnlyLedger.open(settings, clock);
  }

  @Override
  public boolean admits() {
    boolean admits =
        store.writable() || (settings.onFailure() == OnFailure.SPILL && store.spillable());
    if (!admits) {
      refused.incrementAndGet();
    }
    return admits;
  }

  @Override
  public Receipt start(CallStart start) {
    Receipt receipt = store.put(store.entries().start(start));
    starts.put(start.context().callId(), receipt);
    return receipt;
  }

  @Override
  public Receipt record(CallRecord call) {
    Receipt start = starts.remove(call.context().callId());
    // The start brought the request, unless it was lost; whoever streams has awaited it already.
    boolean brought = call.started() && start != null && start.await().safe();
    return store.put(store.entries().call(call, !brought));
  }

  @Override
  public Receipt undelivered(UUID callId, Delivered delivered) {
    return store.put(store.entries().delivery(callId, delivered));
  }

  /** Its calls. */
  public Calls calls() {
    return calls;
  }

  /** The vectors that came before. */
  public EmbeddingCache embeddings() {
    return embeddings;
  }

  /** How it is doing. */
  public LedgerHealth health() {
    return new LedgerHealth(
        store.writable(),
        store.trouble(),
        store.waiting(),
        store.spillWaiting(),
        store.spilled(),
        store.lost(),
        refused.get(),
        store.walBytes());
  }

  /** Takes nothing more, writes what waits, within the time that the settings give, and closes. */
  @Override
  public void close() {
    pool.close();
    store.close(settings.closeTime());
  }
}
