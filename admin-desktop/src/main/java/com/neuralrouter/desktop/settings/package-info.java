/**
 * How this desktop looks and speaks, what it identifies itself with, and which versions there are.
 *
 * <p>Read {@link com.neuralrouter.desktop.settings.SettingsView} first. What is set here is a
 * property of {@link com.neuralrouter.desktop.shell.Preferences}: it holds at once, and {@code
 * Desktop} keeps it.
 */
@NullMarked
package com.neuralrouter.desktop.settings;

import org.jspecify.annotations.NullMarked;
