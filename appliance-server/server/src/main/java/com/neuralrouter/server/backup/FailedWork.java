package com.neuralrouter.server.backup;

import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.store.StoreFailure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Says in a sentence why work on backups failed, for the log, the trail and administrators. */
final class FailedWork {
    private FailedWork() {}

    static String sentence(Exception failure) {
        return switch (failure) {
            case BackupRefused refused -> String.valueOf(refused.getMessage());
            case StoreFailure store -> String.valueOf(store.getMessage());
            case StoreTampered tampered -> tampered.sentence();
            case UncheckedIOException unchecked ->
                    sentence(Objects.requireNonNull(unchecked.getCause()));
            case IOException io ->
                    "A file can't be read or written: "
                            + io.getClass().getSimpleName()
                            + ": "
                            + io.getMessage();
            default -> "It failed with " + failure.getClass().getName() + ".";
        };
    }
}
