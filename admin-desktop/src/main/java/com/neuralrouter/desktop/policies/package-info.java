/**
 * The screen of policies: what is in force for the site, a workspace or an API key, how it came to
 * that, what another would have decided, and putting one in force or going back to an older one.
 *
 * <p>Read {@link com.neuralrouter.desktop.policies.PoliciesViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.policies;

import org.jspecify.annotations.NullMarked;
