package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Confirms that who has access shall have it.
 *
 * @param digest of the {@link AccessList} that was looked at
 * @param note anything; goes into the audit trail
 */
public record ConfirmAccess(String digest, @Nullable String note) {}
