/**
 * The {@code neural-router} command: one class for each subcommand. A failure is one sentence and
 * an exit code, never a stack trace. Only here may anything be printed (architecture rule R10).
 */
@NullMarked
package com.neuralrouter.server.cli;

import org.jspecify.annotations.NullMarked;
