/**
 * The first screen of a session: how the appliance is doing, what needs somebody, and what is left
 * to do on a new site.
 *
 * <p>Read {@link com.neuralrouter.desktop.overview.Overview} first: it is all judgement, and no
 * input or output.
 */
@NullMarked
package com.neuralrouter.desktop.overview;

import org.jspecify.annotations.NullMarked;
