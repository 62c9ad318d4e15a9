/**
 * The keys' administration: which there are, their rotation, and the work in the background that
 * brings what is sealed under the newest keys and destroys the old ones.
 *
 * <p>Start with {@link com.neuralrouter.server.vault.KeyRotation}. The keys themselves are in
 * {@code secret}; nothing here ever sees one.
 */
@NullMarked
package com.neuralrouter.server.vault;

import org.jspecify.annotations.NullMarked;
