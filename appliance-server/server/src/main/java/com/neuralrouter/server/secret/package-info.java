/**
 * The vault: every key and every secret, sealed and in memory; the one place where ciphers are used
 * (rule R5).
 *
 * <p>Start with {@link com.neuralrouter.server.secret.SecretBytes}.
 */
@NullMarked
package com.neuralrouter.server.secret;

import org.jspecify.annotations.NullMarked;
