/**
 * The screen of administrators: whose device may administer the site, in which role, how another is
 * invited and how one is revoked.
 *
 * <p>Read {@link com.neuralrouter.desktop.devices.DevicesViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.devices;

import org.jspecify.annotations.NullMarked;
