/**
 * The screen of models and routes: which model name leads to which providers, in which order, and
 * how they are doing.
 *
 * <p>Read {@link com.neuralrouter.desktop.routes.RoutesViewModel} first. Routes are changed by the
 * site's file, not here.
 */
@NullMarked
package com.neuralrouter.desktop.routes;

import org.jspecify.annotations.NullMarked;
