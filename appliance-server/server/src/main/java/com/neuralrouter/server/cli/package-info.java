/**
 * The {@code neural-router} command. Read {@link com.neuralrouter.server.cli.Main} first: it lists
 * the subcommands and says what the exit codes mean. A command prints for a person; what went wrong
 * is one sentence on the standard error stream, never a stack trace.
 *
 * <p>Commands that change a running site go through its admin API with the operator's certificate,
 * as the desktop does: there is no second way in.
 */
@NullMarked
package com.neuralrouter.server.cli;

import org.jspecify.annotations.NullMarked;
