package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * A witness says that the log it was shown contradicts the one it remembers. The appliance writes
 * it into its audit trail and believes none of it: the evidence is with the witness.
 *
 * @param kind what contradicts, lower_snake, as in {@code shorter}
 * @param held the newest checkpoint that the witness had accepted, a signed note; empty if none
 * @param shown what it was shown; may be anything
 * @param acknowledged the sentence that an administrator typed; absent while the alarm stands
 */
public record LogAlarm(String kind, String held, String shown, @Nullable String acknowledged) {}
