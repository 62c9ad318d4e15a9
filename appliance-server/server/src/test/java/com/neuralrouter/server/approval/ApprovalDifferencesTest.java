package com.neuralrouter.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What a proposal says would be different is kept with its values, and told with them. */
@Tag("store")
class ApprovalDifferencesTest {
    @TempDir private Path folder;
    private GuardedSite guarded;
    private TestSite site;

    @BeforeEach
    void found() {
        guarded = new GuardedSite(folder);
        site = guarded.site;
    }

    @AfterEach
    void close() {
        guarded.close();
    }

    @Test
    void tellsWhatOfAProviderWouldChange() {
        site.provider("cloud");
        guarded.guard(ChangeKind.PROVIDER);
        var moved = TestSite.openAi("cloud", "https://elsewhere.example/v1");

        Approval proposed = guarded.propose("Anna", ProposedChange.of(moved));

        assertThat(kept(proposed).fields())
                .isEqualTo(proposed.fields())
                .containsExactly(
                        new ChangedField(
                                "baseUrl",
                                "https://127.0.0.1:8000/v1",
                                "https://elsewhere.example/v1"));
    }

    @Test
    void tellsWhatANewProviderDeclares() {
        guarded.guard(ChangeKind.PROVIDER);
        var cloud = TestSite.openAi("cloud", "https://cloud.example/v1");

        Approval proposed = guarded.propose("Anna", ProposedChange.of(cloud));

        assertThat(kept(proposed).words())
                .isEqualTo(proposed.differences())
                .singleElement()
                .asString()
                .startsWith("a new provider: ");
        assertThat(kept(proposed).fields())
                .isEqualTo(proposed.fields())
                .contains(new ChangedField("baseUrl", null, "https://cloud.example/v1"));
    }

    @Test
    void tellsWhichRulesWouldChange() {
        guarded.guard(ChangeKind.POLICY);
        var wanted = new ApprovalRules(List.of(ChangeKind.POLICY, ChangeKind.PROVIDER), 24);

        Approval proposed = guarded.propose("Anna", ProposedChange.of(wanted));

        assertThat(kept(proposed).fields())
                .isEqualTo(proposed.fields())
                .containsExactly(
                        new ChangedField(
                                "required", List.of("POLICY"), List.of("POLICY", "PROVIDER")),
                        new ChangedField("validHours", ApprovalRules.USUAL_HOURS, 24));
    }

    /** As it was stored. */
    private WhatDiffers kept(Approval approval) {
        return site.reads.<WhatDiffers>read(
                tx -> guarded.store.find(tx, approval.id()).orElseThrow().differences());
    }
}
