/**
 * The control socket: HTTP/1.1 on a Unix domain socket in the site's folder, which only the
 * appliance's own account can open. Over it a person unseals the appliance and changes its seal.
 * Read {@link com.neuralrouter.server.control.ControlSocket} first.
 */
@NullMarked
package com.neuralrouter.server.control;

import org.jspecify.annotations.NullMarked;
