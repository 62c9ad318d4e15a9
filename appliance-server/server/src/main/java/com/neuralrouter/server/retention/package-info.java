/**
 * How long the readable part of the audit trail is kept, and for whom longer: removes entries that
 * are old enough, erases what a person has a right to have erased, and leaves alone what a legal
 * hold is on. The log itself, its leaves and so every proof, is never touched.
 *
 * <p>Start with {@link com.neuralrouter.server.retention.RetentionCommands}.
 */
@NullMarked
package com.neuralrouter.server.retention;

import org.jspecify.annotations.NullMarked;
