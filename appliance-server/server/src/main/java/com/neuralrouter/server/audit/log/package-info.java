/**
 * The audit log's engine: entries in one order, durable before they are acknowledged, encrypted on
 * the disk, in a Merkle tree whose root is signed (ADR 0022). It knows nothing of what entries
 * mean, of HTTP or of the store.
 *
 * <p>Start with {@link com.neuralrouter.server.audit.log.EntryLog}; what its files hold is said in
 * {@link com.neuralrouter.server.audit.log.SegmentHeader}, {@link
 * com.neuralrouter.server.audit.log.RecordHead}, {@link com.neuralrouter.server.audit.log.Batch}
 * and {@link com.neuralrouter.server.audit.log.SegmentIndex}, in this order.
 */
@NullMarked
package com.neuralrouter.server.audit.log;

import org.jspecify.annotations.NullMarked;
