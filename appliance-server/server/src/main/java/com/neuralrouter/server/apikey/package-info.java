/**
 * API keys: what they look like, who may make and revoke them, where they are kept.
 *
 * <p>Start with {@link com.neuralrouter.server.apikey.ApiKeyFormat}.
 */
@NullMarked
package com.neuralrouter.server.apikey;

import org.jspecify.annotations.NullMarked;
