/**
 * The vault: every key and every secret, sealed and in memory; the one place where ciphers are used
 * (rule R5).
 *
 * <p>Start with {@link com.neuralrouter.server.secret.KeyRing}: the root key seals a key for each
 * workspace, that one seals the workspace's secrets. Keys are byte arrays that are wiped after use;
 * the Java runtime may still have copied them while it moved objects, which nothing here can undo.
 */
@NullMarked
package com.neuralrouter.server.secret;

import org.jspecify.annotations.NullMarked;
