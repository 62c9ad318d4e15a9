package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Proposes a change to a second person; nothing is changed by it yet.
 *
 * @param note what it is for, for whoever decides; absent means nothing is said
 */
public record ProposeChange(ProposedChange change, @Nullable String note) {}
