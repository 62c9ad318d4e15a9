/**
 * The screen of an access review: who and what has access, what about it deserves a look, and the
 * confirmation that somebody has looked.
 *
 * <p>Read {@link com.neuralrouter.desktop.access.AccessViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.access;

import org.jspecify.annotations.NullMarked;
