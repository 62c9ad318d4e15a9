/**
 * The screen of what is kept of the audit trail: legal holds are placed and lifted, and a name is
 * erased from the readable entries.
 *
 * <p>Read {@link com.neuralrouter.desktop.holds.HoldsViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.holds;

import org.jspecify.annotations.NullMarked;
