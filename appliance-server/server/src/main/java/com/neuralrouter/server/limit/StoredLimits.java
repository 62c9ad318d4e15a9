package com.neuralrouter.server.limit;

import com.neuralrouter.contract.LimitsDocument;

import java.util.UUID;

/** A row of the table {@code usage_limit}. */
public record StoredLimits(UUID id, Subject subject, LimitsDocument document) {}
