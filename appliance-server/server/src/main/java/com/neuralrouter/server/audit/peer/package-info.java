/**
 * This appliance as the witness of other sites' audit logs: looks at each every minute, demands
 * that it continues what was seen before, signs what it accepted (C2SP tlog-cosignature), and
 * raises an alarm that stays where it does not.
 *
 * <p>Start with {@link com.neuralrouter.server.audit.peer.PeerWitness}. It connects to nothing but
 * the peers that somebody on this machine has joined (R6), and knows nothing of this site's own log
 * but how to leave an entry there.
 */
@NullMarked
package com.neuralrouter.server.audit.peer;

import org.jspecify.annotations.NullMarked;
