package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Asks for what is kept of requests' content, oldest first.
 *
 * @param reason for the audit trail
 * @param after the last request of the page before; null for the first page
 */
public record ExportContent(ContentOf of, String reason, @Nullable RequestId after) {}
