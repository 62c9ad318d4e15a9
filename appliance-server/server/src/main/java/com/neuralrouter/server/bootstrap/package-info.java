/**
 * Puts the appliance together and starts it. Start with {@link
 * com.neuralrouter.server.bootstrap.ApplianceConfig}.
 */
@NullMarked
package com.neuralrouter.server.bootstrap;

import org.jspecify.annotations.NullMarked;
