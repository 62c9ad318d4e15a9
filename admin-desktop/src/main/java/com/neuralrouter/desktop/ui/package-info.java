/**
 * The catalogue of controls that every screen is made of, so that they look and behave alike.
 *
 * <p>Read {@link com.neuralrouter.desktop.ui.ViewContext} first (what a view is given), then {@link
 * com.neuralrouter.desktop.ui.ListScreen}, which most screens are, and what it is made of: {@link
 * com.neuralrouter.desktop.ui.ScreenFrame}, {@link com.neuralrouter.desktop.ui.StateView} and
 * {@link com.neuralrouter.desktop.ui.DataTable}. Everything here belongs to the window's thread.
 * Colours come from the theme's tokens, words from {@code i18n.Messages}; ids read {@code
 * screen.control}.
 */
@NullMarked
package com.neuralrouter.desktop.ui;

import org.jspecify.annotations.NullMarked;
