/**
 * Access reviews: who and what has access, what about it a reviewer should look at, and that
 * somebody has confirmed it. It grants and takes nothing.
 *
 * <p>Start with {@link com.neuralrouter.server.access.AccessReviews}.
 */
@NullMarked
package com.neuralrouter.server.access;

import org.jspecify.annotations.NullMarked;
