/**
 * What went wrong with the site and somebody should know of: opened by rules of other rooms, with a
 * timeline, acknowledged and closed by administrators.
 *
 * <p>Start with {@link com.neuralrouter.server.incident.IncidentCommands}.
 */
@NullMarked
package com.neuralrouter.server.incident;

import org.jspecify.annotations.NullMarked;
