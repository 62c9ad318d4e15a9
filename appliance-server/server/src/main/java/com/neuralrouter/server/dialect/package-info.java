/**
 * The APIs that apps speak: how a request of each operation is read, how its errors look, what is
 * learnt from an answer that passes, and how a translated answer is written. Knows formats, and
 * neither HTTP nor where a request goes.
 *
 * <p>Start with {@link com.neuralrouter.server.dialect.Dialect}.
 */
@NullMarked
package com.neuralrouter.server.dialect;

import org.jspecify.annotations.NullMarked;
