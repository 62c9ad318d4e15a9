package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What became of a deleted workspace's keys, which are destroyed in the store by now.
 *
 * @param keysInBackupsUntil when the last backup of the keys that still holds them expires; null if
 *     there is none. The server takes it away with the next one that it makes then; copies
 *     elsewhere are not its own to take
 */
public record DeletedWorkspace(WorkspaceId workspaceId, @Nullable Instant keysInBackupsUntil) {}
