package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.VaultStatus.WorkspaceKey;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Tone;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the site's keys, read every few seconds so that a rotation can be watched, and
 * how they are rotated. Window's thread only.
 */
public final class KeysViewModel implements Listing<VaultStatus, WorkspaceKey> {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** As {@link VaultStatus#seal()} names the one that lies beside what it protects. */
    private static final String KEY_FILE = "key-file";

    private final AdminClient client;
    private final Tasks tasks;
    private final Notices notices;
    private final Ticker ticker;
    private final Loader<VaultStatus> vault;

    /** The most that was left of the rotation under way; what has been done since is progress. */
    private long mostPending;

    public KeysViewModel(
            AdminClient client, Tasks tasks, Notices notices, Ticker ticker, Clock clock) {
        this.client = client;
        this.tasks = tasks;
        this.notices = notices;
        this.ticker = ticker;
        vault = new Loader<>(tasks, clock, "vault");
        vault.state().addListener((_, _, state) -> state.known().ifPresent(this::measure));
    }

    @Override
    public Loader<VaultStatus> loader() {
        return vault;
    }

    @Override
    public void start() {
        vault.follow(ticker, PERIOD, client::vault);
    }

    @Override
    public void refresh() {
        vault.load(client::vault);
    }

    @Override
    public boolean isEmpty(VaultStatus read) {
        return read.workspaces().isEmpty();
    }

    @Override
    public List<WorkspaceKey> rows(VaultStatus read) {
        return read.workspaces();
    }

    /** Whether something is still under an older key. */
    static boolean rotating(VaultStatus status) {
        return status.pending() > 0
                || status.olderRootKeys() > 0
                || status.workspaces().stream().anyMatch(KeysViewModel::rotating);
    }

    /** Whether something of that workspace is still under an older key of it. */
    static boolean rotating(WorkspaceKey key) {
        return key.olderVersions() > 0;
    }

    /** How much of the rotation under way is done since it was first seen, from 0 to 1. */
    double progress(VaultStatus status) {
        return mostPending == 0 ? 0 : 1 - (double) status.pending() / mostPending;
    }

    /** Whether a new root key can be made now: one rotation at a time. */
    BooleanBinding rootIsReady() {
        return Bindings.createBooleanBinding(
                () ->
                        vault.known()
                                .map(status ->
                                        status.olderRootKeys() == 0 && !status.sealChangeUnderWay())
                                .orElse(false),
                vault.state());
    }

    /** What somebody should look at. */
    static List<Warning> warnings(VaultStatus status) {
        var warnings = new ArrayList<Warning>();
        if (status.sealChangeUnderWay()) {
            warnings.add(Warning.of(Tone.WARNING, "vault.warning.seal_change"));
        }
        if (status.seal().equals(KEY_FILE)) {
            warnings.add(Warning.of(Tone.WARNING, "vault.warning.key_file"));
        }
        return List.copyOf(warnings);
    }

    /** For one confirmation: keep it as long as that is open. */
    Submission submission() {
        return new Submission(tasks, "rotate a key");
    }

    /** Gives the site another root key. */
    void rotateRoot(Submission submission, Runnable done) {
        submission.send(
                client::rotateRootKey,
                status -> {
                    vault.update(_ -> status);
                    notices.success("vault.rotated.root", status.rootKeyVersion());
                    done.run();
                });
    }

    /** Gives a workspace another key. */
    void rotate(Submission submission, WorkspaceKey key, Runnable done) {
        submission.send(
                () -> client.rotateWorkspaceKey(key.workspaceId()),
                status -> {
                    vault.update(_ -> status);
                    notices.success("vault.rotated.workspace", key.workspace());
                    done.run();
                });
    }

    private void measure(VaultStatus status) {
        mostPending = rotating(status) ? Math.max(mostPending, status.pending()) : 0;
    }
}
