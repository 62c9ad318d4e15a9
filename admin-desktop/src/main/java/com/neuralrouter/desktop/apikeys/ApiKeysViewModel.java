package com.neuralrouter.desktop.apikeys;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.shell.WorkspaceList;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.SearchedList;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the screen of a workspace's API keys knows and can do. Window's thread only. */
public final class ApiKeysViewModel extends SearchedList<ApiKey> {
    private static final int LONGEST_NAME = 100;

    private final AdminClient client;
    private final Tasks tasks;
    private final WorkspaceScope scope;
    private final Notices notices;
    private final Clock clock;
    private final WorkspaceList<ApiKey> keys;

    public ApiKeysViewModel(
            AdminClient client, Tasks tasks, WorkspaceScope scope, Notices notices, Clock clock) {
        this.client = client;
        this.tasks = tasks;
        this.scope = scope;
        this.notices = notices;
        this.clock = clock;
        keys = new WorkspaceList<>(scope, new Loader<>(tasks, clock, "api keys"), client::apiKeys);
    }

    /** Those of the chosen workspace. */
    @Override
    public Loader<List<ApiKey>> loader() {
        return keys.loader();
    }

    /** Begins to follow the chosen workspace, and reads its keys. */
    @Override
    public void start() {
        keys.start();
    }

    @Override
    public void stop() {
        keys.stop();
    }

    @Override
    public void refresh() {
        keys.refresh();
    }

    @Override
    protected String[] words(ApiKey key) {
        return new String[] {key.name(), key.prefix(), key.lastFour()};
    }

    /** The key of what is wrong with a name as it was typed so far; empty if nothing is. */
    public Optional<String> nameProblem(String name) {
        var stripped = name.strip();
        return stripped.isEmpty() || stripped.length() > LONGEST_NAME
                ? Optional.of("apikeys.create.name.wrong")
                : Optional.empty();
    }

    /** When a key that is made now stops working; empty if it never does. */
    Optional<Instant> end(Lifetime lifetime) {
        return lifetime.end(Instant.now(clock));
    }

    /** For one form or confirmation: keep it as long as that is open. */
    public Submission submission() {
        return new Submission(tasks, "change API keys");
    }

    /**
     * Creates a key in the chosen workspace and shows it in the list. The receiver gets the only
     * answer that ever has the secret.
     */
    void create(
            Submission submission,
            String name,
            Lifetime lifetime,
            Consumer<CreatedApiKey> receiver) {
        scope.selected()
                .get()
                .map(Workspace::id)
                .ifPresent(workspace -> {
                    var draft = new CreateApiKey(name.strip(), end(lifetime).orElse(null));
                    submission.send(
                            () -> client.createApiKey(workspace, draft),
                            created -> {
                                keys.loader().update(list -> with(created.key(), list));
                                receiver.accept(created);
                            });
                });
    }

    /** Revokes it; the list says so as soon as the appliance has acknowledged. */
    public void revoke(Submission submission, ApiKey key, Runnable done) {
        submission.send(
                () -> client.revokeApiKey(key.id()),
                revoked -> {
                    keys.loader().update(list -> with(revoked, list));
                    notices.success("apikeys.revoked", revoked.name());
                    done.run();
                });
    }

    /** In its old place, or on top if it is new. */
    private static List<ApiKey> with(ApiKey key, List<ApiKey> list) {
        var all = new ArrayList<>(list);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(key.id())) {
                all.set(i, key);
                return List.copyOf(all);
            }
        }
        all.addFirst(key);
        return List.copyOf(all);
    }
}
