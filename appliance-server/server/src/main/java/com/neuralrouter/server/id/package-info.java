/**
 * Makes ids: the one place where a UUID is drawn. Start with {@link
 * com.neuralrouter.server.id.Ids}.
 */
@NullMarked
package com.neuralrouter.server.id;

import org.jspecify.annotations.NullMarked;
