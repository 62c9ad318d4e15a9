/**
 * The audit trail: who did what, or was refused it, in one gap-free sequence. An entry is appended
 * in the transaction of the change it tells of, so that neither is ever there without the other.
 *
 * <p>Start with {@link com.neuralrouter.server.audit.AuditLog}. It knows nothing of HTTP or of
 * permissions.
 */
@NullMarked
package com.neuralrouter.server.audit;

import org.jspecify.annotations.NullMarked;
