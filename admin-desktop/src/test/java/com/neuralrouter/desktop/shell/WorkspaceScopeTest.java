package com.neuralrouter.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.Test;

class WorkspaceScopeTest {
    private final FakeAdminClient site = Samples.site();
    private final WorkspaceScope scope = new WorkspaceScope(site, Direct.tasks(), Samples.CLOCK);

    @Test
    void choosesTheFirstUntilSomebodyChooses() {
        scope.refresh();

        assertThat(scope.selected().get().map(Workspace::name)).contains("claims-assistant");
    }

    @Test
    void keepsTheChoiceWhenTheListIsReadAgain() {
        scope.refresh();
        scope.select(scope.workspaces().known().orElseThrow().get(2));

        scope.refresh();

        assertThat(scope.selected().get().map(Workspace::name)).contains("contact-centre");
    }

    @Test
    void choosesAnotherWhenTheChosenOneIsGone() {
        scope.refresh();
        scope.select(scope.workspaces().known().orElseThrow().get(2));
        site.workspaces.removeIf(each -> each.name().equals("contact-centre"));

        scope.refresh();

        assertThat(scope.selected().get().map(Workspace::name)).contains("claims-assistant");
    }

    @Test
    void hasNoChoiceWhereThereIsNothing() {
        site.workspaces.clear();

        scope.refresh();

        assertThat(scope.selected().get()).isEmpty();
    }
}
