/**
 * The admin API as seen from the desktop.
 *
 * <p>Read {@link com.neuralrouter.desktop.client.AdminClient} first. Calls block and belong on a
 * background thread (see {@code task.Tasks}); what can go wrong comes back as a {@link
 * com.neuralrouter.desktop.client.Trouble}, never as an exception. Nothing here may use JavaFX.
 */
@NullMarked
package com.neuralrouter.desktop.client;

import org.jspecify.annotations.NullMarked;
