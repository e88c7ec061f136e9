package dev.assay.ledger.verify;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.RecordType;
import java.util.Map;

/**
 * A record as it is stored.
 *
 * @param type what it is
 * @param id its identifier
 * @param content the digest of its columns and its attempts' as they are now
 * @param digest the digest that was stored with it
 * @param commitments the commitments of its bodies
 */
record StoredRecord(
    RecordType type, String id, Bytes content, Bytes digest, Map<BodyPart, Bytes> commitments) {}
