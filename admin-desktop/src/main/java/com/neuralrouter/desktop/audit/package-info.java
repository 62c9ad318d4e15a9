/**
 * The screen of the audit trail: who did what to which thing, the newest first, as far back as one
 * likes.
 *
 * <p>Read {@link com.neuralrouter.desktop.audit.AuditViewModel} first. It only reads.
 */
@NullMarked
package com.neuralrouter.desktop.audit;

import org.jspecify.annotations.NullMarked;
