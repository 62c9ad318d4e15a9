package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.util.Collection;

/** Knows who could decide about a change: the persons with a device that may do it. */
public interface Deciders {
    /** Names of persons, as devices have them; one may be there more than once. */
    Collection<String> persons(Tx tx, Permission permission, Instant now);
}
