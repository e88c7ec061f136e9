package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;

/**
 * A body as it is stored.
 *
 * @param nonce random bytes that live and die with the body, so that its commitment tells nothing
 *     once both are gone
 * @param content the body
 */
public record Body(Bytes nonce, Bytes content) {}
