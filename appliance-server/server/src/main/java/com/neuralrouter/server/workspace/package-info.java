/**
 * Workspaces: the tenants. Keys, credentials and policies belong to exactly one.
 *
 * <p>Start with {@link com.neuralrouter.server.workspace.WorkspaceCommands}.
 */
@NullMarked
package com.neuralrouter.server.workspace;

import org.jspecify.annotations.NullMarked;
