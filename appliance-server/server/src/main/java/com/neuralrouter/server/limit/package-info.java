/**
 * How much may be asked at a time: requests and tokens in a minute, and requests under way, of the
 * site, a workspace, a key and a route. What is used is known in memory only and read without a
 * lock; a restart begins with nothing used.
 *
 * <p>Start with {@link com.neuralrouter.server.limit.Meter}.
 */
@NullMarked
package com.neuralrouter.server.limit;

import org.jspecify.annotations.NullMarked;
