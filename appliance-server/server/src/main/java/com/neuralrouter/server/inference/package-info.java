/**
 * The way of one inference request, from the app to a provider and back. Reads only the snapshot;
 * writes only through the request journal.
 *
 * <p>Start with {@link com.neuralrouter.server.inference.InferencePipeline}.
 */
@NullMarked
package com.neuralrouter.server.inference;

import org.jspecify.annotations.NullMarked;
