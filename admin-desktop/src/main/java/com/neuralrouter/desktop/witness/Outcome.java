package com.neuralrouter.desktop.witness;

import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.tlog.Checkpoint;

import java.util.Optional;

/** What came of one look at the log. */
public sealed interface Outcome {

    /**
     * Nothing was remembered, so this is remembered from now on, with its keys: trust on first use.
     *
     * @param unsigned why the appliance did not take this witness's signature; empty if it did
     */
    record FirstSeen(Remembered log, Optional<Trouble> unsigned) implements Outcome {}

    /**
     * The log begins with everything that was remembered.
     *
     * @param grownBy how many entries came since
     * @param unsigned as in {@link FirstSeen}
     */
    record Consistent(Remembered log, long grownBy, Optional<Trouble> unsigned)
            implements Outcome {}

    /** It can't be told: nobody answers, or the appliance is too old to have such a log. */
    record Unchecked(Trouble trouble) implements Outcome {}

    /** It contradicts what is remembered, now or at an earlier look. */
    record Alarmed(Alarm alarm) implements Outcome {}

    /** The newest checkpoint that is known to be good; empty if this look found none. */
    default Optional<Checkpoint> checkpoint() {
        return switch (this) {
            case FirstSeen(Remembered log, Optional<Trouble> _) -> Optional.of(log.checkpoint());
            case Consistent(Remembered log, long _, Optional<Trouble> _) ->
                    Optional.of(log.checkpoint());
            case Unchecked _, Alarmed _ -> Optional.empty();
        };
    }
}
