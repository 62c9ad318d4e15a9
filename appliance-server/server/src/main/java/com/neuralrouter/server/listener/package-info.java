/**
 * The three sockets: TLS, limits, deadlines, and what every answer carries. Knows no API; rule R5
 * lets it handle keys for TLS.
 *
 * <p>Start with {@link com.neuralrouter.server.listener.Listeners}.
 */
@NullMarked
package com.neuralrouter.server.listener;

import org.jspecify.annotations.NullMarked;
