package com.neuralrouter.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDocuments;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Three people do what they like, in random order, with right and wrong hashes: what is in force is
 * always what it would be if only the steps had counted that two different people have taken.
 */
@Tag("store")
class ApprovalPropertyTest {
    private static final int STEPS = 400;
    private static final List<String> NAMES =
            List.of("Anna", "anna ", "Ben", "BEN", "Carla", "\uff23arla");

    @TempDir private Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** What the test itself reckons. */
    private final Map<PolicyTarget, PolicyDocument> expected = new HashMap<>();

    private final List<Approval> proposals = new ArrayList<>();
    private final Map<String, Integer> done = new HashMap<>();
    private boolean guardedNow;

    @Test
    void nothingUnapprovedIsEverInForce() {
        try (var guarded = new GuardedSite(folder)) {
            WorkspaceId workspace = guarded.site.workspace("research").id();
            for (int i = 0; i < STEPS; i++) {
                step(guarded, workspace);
                assertThat(inForce(guarded, PolicyTarget.SITE))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(expected.get(PolicyTarget.SITE));
                assertThat(inForce(guarded, PolicyTarget.of(workspace)))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(expected.get(PolicyTarget.of(workspace)));
                assertPublished(guarded, workspace);
            }
        }
        System.getLogger(getClass().getName())
                .log(System.Logger.Level.INFO, "seed {0}: {1}", String.valueOf(seed), done);
        assertThat(done).as("seed %d", seed).containsKeys("approved", "refused", "set alone");
    }

    private void step(GuardedSite guarded, WorkspaceId workspace) {
        PolicyTarget target = random.nextBoolean() ? PolicyTarget.SITE : PolicyTarget.of(workspace);
        String who = NAMES.get(random.nextInt(NAMES.size()));
        try {
            switch (random.nextInt(9)) {
                case 0 -> setAlone(guarded, target, who);
                case 1 -> goBackAlone(guarded, target, who);
                case 2 -> switchAlone(guarded, who);
                case 3, 4 -> propose(guarded, who, policy(target));
                case 5 -> propose(guarded, who, ProposedChange.of(rules()));
                case 6, 7 -> approve(guarded, who);
                default -> end(guarded, who);
            }
        } catch (AdminRefused _) {
            count("refused");
        }
    }

    private void setAlone(GuardedSite guarded, PolicyTarget target, String who) {
        PolicyDocument wanted = document();
        guarded.policies.set(
                guarded.site.as(who, "desk", Permission.SITE_APPLY),
                new SetPolicy(target, wanted, null, null));
        assertThat(guardedNow).as("seed %d: set alone while guarded", seed).isFalse();
        expected.put(target, wanted);
        count("set alone");
    }

    private void goBackAlone(GuardedSite guarded, PolicyTarget target, String who) {
        PolicyVersion back =
                guarded.policies.activate(
                        guarded.site.as(who, "desk", Permission.SITE_APPLY),
                        new ActivatePolicy(target, 1 + random.nextInt(5), null));
        assertThat(guardedNow).as("seed %d: gone back alone while guarded", seed).isFalse();
        expected.put(target, back.policy());
        count("gone back alone");
    }

    private void switchAlone(GuardedSite guarded, String who) {
        ApprovalRules wanted = rules();
        guarded.rules.set(guarded.site.as(who, "desk", Permission.APPROVALS_MANAGE), wanted);
        assertThat(guardedNow).as("seed %d: rules set alone while guarded", seed).isFalse();
        guardedNow = !wanted.required().isEmpty();
        count("rules set alone");
    }

    private void propose(GuardedSite guarded, String who, ProposedChange change) {
        proposals.add(guarded.propose(who, change));
        count("proposed");
    }

    private void approve(GuardedSite guarded, String who) {
        if (proposals.isEmpty()) {
            return;
        }
        Approval approval = anyOfTheLast(6);
        String hash =
                random.nextInt(5) == 0
                        ? proposals.get(random.nextInt(proposals.size())).hash()
                        : approval.hash();
        guarded.approvals.approve(
                guarded.site.as(who, "desk", Permission.APPROVALS_DECIDE),
                approval.id(),
                new DecideApproval(hash, null));
        assertThat(hash).as("seed %d", seed).isEqualTo(approval.hash());
        assertThat(person(who))
                .as("seed %d: approved by its proposer", seed)
                .isNotEqualTo(person(approval.proposedBy().person()));
        PolicyChange policy = approval.change().policy();
        ApprovalRules rules = approval.change().approvalRules();
        if (policy != null) {
            expected.put(policy.target(), policy.policy());
        } else if (rules != null) {
            guardedNow = !rules.required().isEmpty();
        }
        count("approved");
    }

    private void end(GuardedSite guarded, String who) {
        if (random.nextInt(4) == 0) {
            guarded.turnClock(Duration.ofHours(random.nextInt(40)));
            guarded.expiry.look();
        } else if (!proposals.isEmpty()) {
            Approval approval = proposals.get(random.nextInt(proposals.size()));
            Approval ended =
                    random.nextBoolean()
                            ? guarded.reject(who, approval)
                            : guarded.withdraw(who, approval);
            assertThat(ended.state()).isIn(State.REJECTED, State.WITHDRAWN);
            count("ended");
        }
    }

    /** An old one is most often decided, or made from what is gone. */
    private Approval anyOfTheLast(int count) {
        int from = random.nextInt(10) == 0 ? 0 : Math.max(0, proposals.size() - count);
        return proposals.get(from + random.nextInt(proposals.size() - from));
    }

    /** The same person writes the name in several ways. */
    private static char person(String name) {
        return switch (Character.toLowerCase(name.charAt(0))) {
            case 'a' -> 'a';
            case 'b' -> 'b';
            default -> 'c';
        };
    }

    private ProposedChange policy(PolicyTarget target) {
        return ProposedChange.of(new PolicyChange(target, document(), null));
    }

    private PolicyDocument document() {
        return new PolicyDocument(null, null, null, 1 + random.nextInt(1000), null);
    }

    private ApprovalRules rules() {
        return new ApprovalRules(
                random.nextInt(3) > 0 ? List.of() : List.of(ChangeKind.POLICY),
                1 + random.nextInt(100));
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private static @Nullable PolicyDocument inForce(GuardedSite guarded, PolicyTarget target) {
        return guarded.site.reads.<@Nullable PolicyDocument>read(tx ->
                (target.workspace() == null
                                ? guarded.site.policyStore.site(tx)
                                : guarded.site.policyStore.of(tx, target.workspace()))
                        .orElse(null));
    }

    /** What decides requests is what the store has. */
    private void assertPublished(GuardedSite guarded, WorkspaceId workspace) {
        var hashes = new HashMap<Level, String>();
        guarded.site
                .snapshots
                .current()
                .workspace(workspace)
                .orElseThrow()
                .policies()
                .ofAll()
                .levels()
                .forEach(level -> hashes.put(level.level(), level.hash()));
        assertThat(hashes.get(Level.SITE)).isEqualTo(hash(PolicyTarget.SITE));
        assertThat(hashes.get(Level.WORKSPACE)).isEqualTo(hash(PolicyTarget.of(workspace)));
    }

    private String hash(PolicyTarget target) {
        PolicyDocument document = expected.get(target);
        return document == null ? "" : PolicyDocuments.hash(document);
    }
}
