package com.neuralrouter.desktop.credentials;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.shell.WorkspaceList;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the screen of provider credentials knows and can do. Window's thread only. */
public final class CredentialsViewModel implements Listing.Whole<Credential> {
    private final AdminClient client;
    private final Tasks tasks;
    private final WorkspaceScope scope;
    private final Notices notices;
    private final WorkspaceList<Credential> credentials;
    private final Loader<List<Provider>> providers;

    public CredentialsViewModel(
            AdminClient client, Tasks tasks, WorkspaceScope scope, Notices notices, Clock clock) {
        this.client = client;
        this.tasks = tasks;
        this.scope = scope;
        this.notices = notices;
        credentials =
                new WorkspaceList<>(
                        scope, new Loader<>(tasks, clock, "credentials"), client::credentials);
        providers = new Loader<>(tasks, clock, "providers");
    }

    /** Those of the chosen workspace. */
    @Override
    public Loader<List<Credential>> loader() {
        return credentials.loader();
    }

    /** The site's providers that want a credential, by name. */
    public Loader<List<Provider>> providers() {
        return providers;
    }

    /** Begins to follow the chosen workspace, and reads. */
    @Override
    public void start() {
        credentials.start();
        readProviders();
    }

    @Override
    public void stop() {
        credentials.stop();
        providers.cancel();
    }

    /** Reads both lists again. */
    @Override
    public void refresh() {
        credentials.refresh();
        readProviders();
    }

    /** The credential that the chosen workspace has for that provider, if it has one. */
    public Optional<Credential> heldFor(Provider provider) {
        return loader().known().stream()
                .flatMap(List::stream)
                .filter(each -> each.providerId().equals(provider.id()))
                .findFirst();
    }

    /** For one form or confirmation: keep it as long as that is open. */
    public Submission submission() {
        return new Submission(tasks, "change credentials");
    }

    /** Sets or replaces the chosen workspace's credential for the provider. */
    public void put(
            Submission submission, Provider provider, String label, char[] secret, Runnable done) {
        scope.selected()
                .get()
                .map(Workspace::id)
                .ifPresent(workspace -> {
                    var put = new PutCredential(provider.id(), label.strip(), new String(secret));
                    submission.send(
                            () -> client.putCredential(workspace, put),
                            stored -> {
                                loader().update(list -> with(stored, list));
                                notices.success("credentials.stored", provider.name());
                                done.run();
                            });
                });
    }

    /** Deletes it; it is gone from the list as soon as the appliance has acknowledged. */
    public void delete(Submission submission, Credential credential, Runnable done) {
        submission.send(
                () -> client.deleteCredential(credential.id()),
                _ -> {
                    loader().update(list -> without(credential, list));
                    notices.success("credentials.deleted", credential.providerName());
                    done.run();
                });
    }

    private void readProviders() {
        providers.load(() ->
                Pages.all(client::providers)
                        .map(list ->
                                list.stream()
                                        .filter(CredentialsViewModel::wantsOne)
                                        .sorted(Comparator.comparing(Provider::name))
                                        .toList()));
    }

    private static boolean wantsOne(Provider provider) {
        return switch (provider.authentication()) {
            case NONE -> false;
            case BEARER, API_KEY, SIGNATURE -> true;
        };
    }

    private static List<Credential> with(Credential stored, List<Credential> list) {
        return Stream.concat(
                        list.stream()
                                .filter(each -> !each.providerId().equals(stored.providerId())),
                        Stream.of(stored))
                .sorted(Comparator.comparing(Credential::providerName))
                .toList();
    }

    private static List<Credential> without(Credential gone, List<Credential> list) {
        return list.stream().filter(each -> !each.id().equals(gone.id())).toList();
    }
}
