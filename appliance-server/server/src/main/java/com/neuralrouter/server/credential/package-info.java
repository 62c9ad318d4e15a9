/**
 * Provider credentials: what a workspace shows to a provider. Sealed in the store under the
 * workspace's key, shown to nobody but by the last four characters.
 *
 * <p>Start with {@link com.neuralrouter.server.credential.CredentialCommands}.
 */
@NullMarked
package com.neuralrouter.server.credential;

import org.jspecify.annotations.NullMarked;
