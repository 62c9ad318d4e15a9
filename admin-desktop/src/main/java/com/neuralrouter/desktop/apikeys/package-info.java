/**
 * The screen of a workspace's API keys: the list, how one is created and shown once, and how one is
 * revoked.
 *
 * <p>Read {@link com.neuralrouter.desktop.apikeys.ApiKeysViewModel} first. A key's secret is never
 * kept here: it goes from the answer into the dialog that shows it once.
 */
@NullMarked
package com.neuralrouter.desktop.apikeys;

import org.jspecify.annotations.NullMarked;
