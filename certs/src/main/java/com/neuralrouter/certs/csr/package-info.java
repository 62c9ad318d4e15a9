/**
 * What a device does before it has a certificate: it makes a key and asks for one. Read {@link
 * com.neuralrouter.certs.csr.DeviceKey} first. Nothing here can sign a certificate; the desktop
 * uses it.
 */
@NullMarked
package com.neuralrouter.certs.csr;

import org.jspecify.annotations.NullMarked;
