package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for the end of a run that the server does behind its answer. */
final class BackupRuns {
    private static final long ASKED_EVERY_MILLIS = 250;

    private BackupRuns() {}

    /** Throws {@link CommandFailed} with the reason when it failed. */
    static BackupRun await(AdminClient client, BackupRun begun) throws InterruptedException {
        var never = new CountDownLatch(1);
        while (true) {
            BackupRun run =
                    client.get(AdminApi.BACKUPS, BackupList.class).runs().stream()
                            .filter(each -> each.id().equals(begun.id()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new CommandFailed(
                                            "The server no longer knows of the run; see its log and"
                                                    + " the audit trail."));
            switch (run.state()) {
                case DONE -> {
                    return run;
                }
                case FAILED ->
                        throw new CommandFailed(
                                "It failed: "
                                        + (run.problem() == null ? "see the log" : run.problem()));
                case RUNNING -> {
                    boolean _ = never.await(ASKED_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }
    }
}
