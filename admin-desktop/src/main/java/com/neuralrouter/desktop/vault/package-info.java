/**
 * The screen of keys and backups: what keeps the site's secrets shut, and what would bring the site
 * back.
 *
 * <p>Read {@link com.neuralrouter.desktop.vault.KeysViewModel} and {@link
 * com.neuralrouter.desktop.vault.BackupsViewModel} first. A key is never here, nor what opens one.
 */
@NullMarked
package com.neuralrouter.desktop.vault;

import org.jspecify.annotations.NullMarked;
