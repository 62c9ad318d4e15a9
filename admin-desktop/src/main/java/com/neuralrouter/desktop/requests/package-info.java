/**
 * The screen of requests: a live list of who asked for which model, who served it, how long it took
 * and how it ended.
 *
 * <p>Read {@link com.neuralrouter.desktop.requests.RequestsViewModel} first. There is no content
 * here, because the appliance keeps none.
 */
@NullMarked
package com.neuralrouter.desktop.requests;

import org.jspecify.annotations.NullMarked;
