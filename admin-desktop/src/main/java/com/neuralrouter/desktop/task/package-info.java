/**
 * Work away from the window's thread, and what is known of its result.
 *
 * <p>Read {@link com.neuralrouter.desktop.task.Tasks} first, then {@link
 * com.neuralrouter.desktop.task.Loader} (what a screen shows) and {@link
 * com.neuralrouter.desktop.task.Submission} (what a form sends). Nothing here may use {@code
 * javafx.scene}: view models and their tests stand on it without a toolkit.
 */
@NullMarked
package com.neuralrouter.desktop.task;

import org.jspecify.annotations.NullMarked;
