/**
 * How the window looks: the theme in force, its fonts and its style sheet.
 *
 * <p>Read {@link com.neuralrouter.desktop.ui.theme.Themes} first. {@code desktop.css} uses only the
 * colour tokens that both of AtlantaFX's Primer themes define; a test refuses literal colours.
 */
@NullMarked
package com.neuralrouter.desktop.ui.theme;

import org.jspecify.annotations.NullMarked;
