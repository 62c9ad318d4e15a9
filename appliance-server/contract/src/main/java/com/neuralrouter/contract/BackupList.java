package com.neuralrouter.contract;

import java.util.List;

/**
 * The backups that there are, newest first, and the last runs, newest first; runs are forgotten
 * when the appliance stops.
 */
public record BackupList(List<Backup> backups, List<BackupRun> runs) {

    public BackupList {
        backups = List.copyOf(backups);
        runs = List.copyOf(runs);
    }
}
