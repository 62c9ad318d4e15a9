/**
 * The screen of usage and cost: what requests came to in a time, by whom and by what, and the same
 * as a file for whoever is charged.
 *
 * <p>Read {@link com.neuralrouter.desktop.usage.UsageViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.usage;

import org.jspecify.annotations.NullMarked;
