/**
 * How this device becomes one that an appliance knows, and how it connects again later.
 *
 * <p>Read {@link com.neuralrouter.desktop.enrol.EnrolmentFlow} first: it is the protocol in one
 * method. {@link com.neuralrouter.desktop.enrol.ProfileStore} keeps what came of it.
 */
@NullMarked
package com.neuralrouter.desktop.enrol;

import org.jspecify.annotations.NullMarked;
