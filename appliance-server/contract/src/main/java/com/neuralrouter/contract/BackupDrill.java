package com.neuralrouter.contract;

/**
 * What came out when a restore was rehearsed, for the audit trail.
 *
 * @param rows how many were restored
 * @param credentialsOpened how many credentials could be opened with the keys of the key backup
 * @param credentialsShredded how many could not, because their workspaces' keys are gone
 * @param detail in a sentence
 */
public record BackupDrill(
        boolean passed,
        String backup,
        String keyBackup,
        long rows,
        long credentialsOpened,
        long credentialsShredded,
        String detail) {}
