/**
 * The screen of incidents: what went wrong, with its timeline; acknowledged, annotated and closed.
 *
 * <p>Start with {@link com.neuralrouter.desktop.incidents.IncidentsView}.
 */
@NullMarked
package com.neuralrouter.desktop.incidents;

import org.jspecify.annotations.NullMarked;
