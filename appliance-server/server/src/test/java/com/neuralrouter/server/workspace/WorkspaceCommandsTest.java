package com.neuralrouter.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.OptionalLong;

/** What a workspace may be called, and who wins when two change it. */
@Tag("store")
class WorkspaceCommandsTest {
    @TempDir private Path folder;
    private TestSite site;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a b", "a/b", "a\n", "\u00e4", "..", "a.b"})
    void refusesANameThatCannotStandInAPath(String name) {
        assertThatThrownBy(() -> site.workspace(name))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("name");
    }

    @Test
    void takesNamesOfUpTo63Characters() {
        assertThat(site.workspace("a".repeat(63)).version()).isEqualTo(1);
        assertThatThrownBy(() -> site.workspace("a".repeat(64))).isInstanceOf(AdminRefused.class);
    }

    @Test
    void refusesAChangeOfAVersionThatIsGone() {
        Workspace made = site.workspace("research");
        Workspace changed = change(made, OptionalLong.of(1));

        assertThat(changed.version()).isEqualTo(2);
        assertThatThrownBy(() -> change(made, OptionalLong.of(1)))
                .isInstanceOfSatisfying(
                        AdminRefused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.CHANGED_BY_OTHER);
                            assertThat(refused.currentVersion()).hasValue(2);
                        });
    }

    private Workspace change(Workspace workspace, OptionalLong expected) {
        return site.apply(tx ->
                site.workspaces.changeIn(
                        tx, workspace.id(), "new", Workspace.State.ACTIVE, expected));
    }
}
