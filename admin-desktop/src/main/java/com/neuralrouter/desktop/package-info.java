/**
 * The admin desktop: the window with which administrators and auditors run a site.
 *
 * <p>Read {@link com.neuralrouter.desktop.Desktop} first: it is the composition root. Rooms: {@code
 * client} speaks the admin API, {@code task} keeps slow things off the window's thread, {@code
 * enrol} gets this device its certificate, {@code shell} is the frame around the screens, {@code
 * ui} the catalogue of controls they are made of, and one package for each screen.
 */
@NullMarked
package com.neuralrouter.desktop;

import org.jspecify.annotations.NullMarked;
