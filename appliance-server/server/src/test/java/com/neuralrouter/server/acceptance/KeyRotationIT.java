package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.VaultStatus.WorkspaceKey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** Keys are rotated while apps are served; a deleted workspace's app is out at once. */
class KeyRotationIT {
    private static final String MODEL = "small-chat";

    @TempDir private static Path folder;
    private static RunningSite site;
    private static Administrator operator;
    private static App app;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
        operator = site.operator();
        app = site.app(site.openFor(MODEL));
    }

    @AfterAll
    static void stop() {
        app.close();
        operator.close();
        site.close();
    }

    @Test
    void everyKeyIsRotatedWhileAppsAreServedAndTheWorkspaceIsThenDeletedWithItsKeys()
            throws IOException {
        WorkspaceKey before = status().workspaces().getFirst();

        operator.post(AdminApi.VAULT_ROTATE, VaultStatus.class);
        operator.post(ofWorkspace(before) + AdminApi.ROTATE_KEY_OF_WORKSPACE, VaultStatus.class);
        VaultStatus after = whenNothingIsPending();

        assertThat(after.rootKeyVersion()).isEqualTo(2);
        assertThat(after.olderRootKeys()).isZero();
        assertThat(after.workspaces())
                .singleElement()
                .satisfies(
                        key -> assertThat(key.version()).isEqualTo(2),
                        key -> assertThat(key.olderVersions()).isZero());
        assertThat(operator.statusOfPost(delete(before), new DeleteWorkspace("another")))
                .isEqualTo(400);
        assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(200);

        assertThat(operator.statusOfPost(delete(before), new DeleteWorkspace(before.workspace())))
                .isEqualTo(200);

        assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(401);
        assertThat(status().workspaces()).isEmpty();
    }

    private static VaultStatus whenNothingIsPending() throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        VaultStatus now = status();
        while (System.nanoTime() < end
                && (now.olderRootKeys() > 0 || now.workspaces().getFirst().olderVersions() > 0)) {
            assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(200);
            now = status();
        }
        return now;
    }

    private static VaultStatus status() throws IOException {
        return operator.get(AdminApi.VAULT, VaultStatus.class);
    }

    private static String delete(WorkspaceKey key) {
        return ofWorkspace(key) + AdminApi.DELETE_WORKSPACE;
    }

    private static String ofWorkspace(WorkspaceKey key) {
        return AdminApi.WORKSPACES + "/" + key.workspaceId();
    }
}
