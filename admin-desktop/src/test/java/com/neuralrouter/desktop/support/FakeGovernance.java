package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.GovernanceClient;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a {@link FakeAdminClient} about who has access, and about what is kept. */
public final class FakeGovernance implements GovernanceClient {
    /** Who has access. */
    public volatile AccessList access = new AccessList("00", null, null, true, List.of());

    /** The newest first. */
    public final List<LegalHold> holds = new CopyOnWriteArrayList<>();

    /** What an erasure does. */
    public volatile ErasedFromTrail erased = new ErasedFromTrail(7, 0);

    /** What was confirmed last. */
    public volatile @Nullable ConfirmAccess confirmed;

    /** What was erased last. */
    public volatile @Nullable EraseFromTrail erasure;

    /** Whose content was read last, and why. */
    public volatile @Nullable ReadContent contentRead;

    private final FakeAnswers answers;

    FakeGovernance(FakeAnswers answers) {
        this.answers = answers;
    }

    @Override
    public Answer<AccessList> access() {
        return answers.read("access", () -> access);
    }

    @Override
    public Answer<AccessList> confirmAccess(ConfirmAccess confirmation) {
        if (!confirmation.digest().equals(access.digest())) {
            return answers.refused(ProblemCode.CHANGED_BY_OTHER, "Look again.");
        }
        return answers.change(
                "confirmAccess",
                () -> {
                    confirmed = confirmation;
                    access =
                            new AccessList(
                                    access.digest(),
                                    Samples.NOW,
                                    "Ana Ruiz",
                                    false,
                                    access.access());
                    return access;
                });
    }

    @Override
    public Answer<Page<LegalHold>> legalHolds(String cursor) {
        return answers.read("legalHolds", () -> new Page<>(holds, null));
    }

    @Override
    public Answer<LegalHold> placeLegalHold(PlaceLegalHold draft) {
        return answers.change(
                "placeLegalHold",
                () -> {
                    var hold = GovernanceSamples.hold(960 + holds.size(), draft, Samples.NOW, null);
                    holds.addFirst(hold);
                    return hold;
                });
    }

    @Override
    public Answer<LegalHold> liftLegalHold(LegalHoldId id) {
        return answers.change("liftLegalHold", () -> lifted(id, Samples.NOW));
    }

    private LegalHold lifted(LegalHoldId id, Instant at) {
        LegalHold before =
                holds.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        var after =
                new LegalHold(
                        id,
                        before.name(),
                        before.since(),
                        before.until(),
                        before.workspace(),
                        before.actor(),
                        before.placedAt(),
                        at);
        holds.set(holds.indexOf(before), after);
        return after;
    }

    @Override
    public Answer<ErasedFromTrail> eraseFromTrail(EraseFromTrail wanted) {
        return answers.change(
                "eraseFromTrail",
                () -> {
                    erasure = wanted;
                    return erased;
                });
    }

    @Override
    public Answer<KeptContent> readContent(ReadContent wanted) {
        return answers.change(
                "readContent",
                () -> {
                    contentRead = wanted;
                    return GovernanceSamples.content(wanted.request());
                });
    }
}
