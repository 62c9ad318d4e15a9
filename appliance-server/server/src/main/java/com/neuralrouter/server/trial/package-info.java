/**
 * Policies as administrators meet them: tried before they are in force, by their own tests and the
 * requests of the past; set, for the site, a workspace or an API key; their versions.
 *
 * <p>Start with {@link com.neuralrouter.server.trial.PolicyAdministration}.
 */
@NullMarked
package com.neuralrouter.server.trial;

import org.jspecify.annotations.NullMarked;
