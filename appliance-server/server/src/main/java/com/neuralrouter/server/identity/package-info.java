/**
 * Who a caller is. Reads only the snapshot: no store, no lock, no file (rules R3 and R4).
 *
 * <p>Start with {@link com.neuralrouter.server.identity.ApiKeyAuthenticator}.
 */
@NullMarked
package com.neuralrouter.server.identity;

import org.jspecify.annotations.NullMarked;
