package dev.assay.core.store;

/** The promise that something will be durable. */
@FunctionalInterface
public interface Receipt {
  /** A receipt for something that is safe already. */
  Receipt RECORDED = () -> Durability.RECORDED;

  /** Waits until it is decided what became of the record. Does not fail; may be asked again. */
  Durability await();

  /** What became of a record. */
  enum Durability {
    /** It is in the ledger, on disk. */
    RECORDED,
    /** It is in the spill file, on disk, and enters the ledger later. */
    SPILLED,
    /** It could not be written anywhere: what it tells of must not leave the process. */
    LOST;

    /** Whether it survives a pulled plug. */
    public boolean safe() {
      return this != LOST;
    }
  }
}
