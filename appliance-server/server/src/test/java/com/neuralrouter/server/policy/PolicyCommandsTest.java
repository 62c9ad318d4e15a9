package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** A policy comes back as it was set, and its changes are in the trail as digests. */
@Tag("store")
class PolicyCommandsTest {
    private static final PolicyDocument FULL =
            new PolicyDocument(List.of("a"), List.of("b"), List.of("p"), 5, 6);

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

    @Test
    void comesBackAsItWasSet() {
        site.apply(tx -> site.policies.setSiteIn(tx, FULL, TestSite.cause()));

        assertThat(site.reads.read(site.policyStore::site)).contains(FULL);
    }

    @Test
    void isTakenAwayByNone() {
        site.apply(tx -> site.policies.setSiteIn(tx, FULL, TestSite.cause()));
        site.apply(tx -> site.policies.setSiteIn(tx, null, TestSite.cause()));

        assertThat(site.reads.read(site.policyStore::site)).isEmpty();
        assertThat(site.entries().getFirst().details())
                .containsEntry("after", "none")
                .hasEntrySatisfying("before", digest -> assertThat(digest).hasSize(64));
    }

    @Test
    void tellsAnEmptyListFromNone() {
        var nothing = new PolicyDocument(List.of(), null, null, null, null);

        site.apply(tx -> site.policies.setSiteIn(tx, nothing, TestSite.cause()));

        assertThat(site.reads.read(site.policyStore::site)).contains(nothing);
    }

    @Test
    void refusesALimitBelowOne() {
        var zero = new PolicyDocument(null, null, null, 0, null);

        assertThatThrownBy(
                        () -> site.apply(tx -> site.policies.setSiteIn(tx, zero, TestSite.cause())))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("policy.maxOutputTokens");
    }
}
