/**
 * This desktop as a witness of the audit log: it remembers the newest checkpoint that it accepted,
 * demands a proof that the log only grew since, signs what it accepts, and raises an alarm that
 * nothing the appliance says later takes back.
 *
 * <p>Read {@link com.neuralrouter.desktop.witness.Witness} first, then {@link
 * com.neuralrouter.desktop.witness.Verdict} (what is demanded of a checkpoint) and {@link
 * com.neuralrouter.desktop.witness.WitnessModel} (what the window knows of it). The formats are
 * those of {@code com.neuralrouter.tlog}.
 */
@NullMarked
package com.neuralrouter.desktop.witness;

import org.jspecify.annotations.NullMarked;
