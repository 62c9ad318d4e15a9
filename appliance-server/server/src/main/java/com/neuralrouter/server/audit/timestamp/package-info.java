/**
 * Timestamps of the audit log's checkpoints by an authority that the site names (RFC 3161): what
 * they cover can't have been made later, whoever has the log's keys.
 *
 * <p>Start with {@link com.neuralrouter.server.audit.timestamp.CheckpointStamps}. It connects to
 * the authority alone (R6), and uses Bouncy Castle for the token (R5).
 */
@NullMarked
package com.neuralrouter.server.audit.timestamp;

import org.jspecify.annotations.NullMarked;
