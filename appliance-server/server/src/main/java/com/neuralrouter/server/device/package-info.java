/**
 * Administrators' devices: inviting, enrolling, recognising and revoking them. Start with {@link
 * com.neuralrouter.server.device.DeviceCommands} for what an owner does and {@link
 * com.neuralrouter.server.device.Enrolment} for what a device does. Building certificates is the
 * {@code certs} module's business.
 */
@NullMarked
package com.neuralrouter.server.device;

import org.jspecify.annotations.NullMarked;
