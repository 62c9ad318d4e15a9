/**
 * What requests leave behind: metadata, never content. Recorded before anything leaves for a
 * provider, kept through a kill, written to the store in batches.
 *
 * <p>Start with {@link com.neuralrouter.server.usage.RequestJournal}.
 */
@NullMarked
package com.neuralrouter.server.usage;

import org.jspecify.annotations.NullMarked;
