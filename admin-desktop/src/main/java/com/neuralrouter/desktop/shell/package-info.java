/**
 * The frame around the screens: sidebar, header, status bar, navigation, commands, and the state of
 * the connection.
 *
 * <p>Read {@link com.neuralrouter.desktop.shell.Destination} first (every screen is one constant
 * there), then {@link com.neuralrouter.desktop.shell.Session} (what a screen is given) and {@link
 * com.neuralrouter.desktop.shell.ShellView}. It knows no screen: {@code desktop.Screens} does.
 */
@NullMarked
package com.neuralrouter.desktop.shell;

import org.jspecify.annotations.NullMarked;
