package com.neuralrouter.contract;

import java.util.List;

/**
 * The audit log's newest signed checkpoint.
 *
 * @param note a signed note (C2SP signed-note) whose text is a checkpoint (C2SP tlog-checkpoint)
 * @param keys the log's own verifier keys, as signed notes write them: {@code name+id+key}
 */
public record LogCheckpoint(String note, List<String> keys) {

    public LogCheckpoint {
        keys = List.copyOf(keys);
    }
}
