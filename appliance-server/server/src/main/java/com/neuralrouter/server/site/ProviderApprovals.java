package com.neuralrouter.server.site;

import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.approval.Approvable;
import com.neuralrouter.server.approval.Base;
import com.neuralrouter.server.approval.WhatDiffers;
import com.neuralrouter.server.provider.ProviderCommands;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.trial.PolicyTrials;

import java.util.List;
import java.util.Optional;

/**
 * What is declared of a provider, as a change that a second person approves: whoever says where a
 * provider is decides what policies let go there.
 */
public final class ProviderApprovals implements Approvable {
    private final SiteStores stores;
    private final ProviderCommands commands;
    private final PolicyTrials trials;

    public ProviderApprovals(SiteStores stores, ProviderCommands commands, PolicyTrials trials) {
        this.stores = stores;
        this.commands = commands;
        this.trials = trials;
    }

    @Override
    public ChangeKind kind() {
        return ChangeKind.PROVIDER;
    }

    @Override
    public Draft draft(Tx tx, ProposedChange change) {
        ProviderDocument wanted = provider(change);
        commands.demandUsable(wanted);
        Optional<ProviderDocument> before =
                stores.providers().byName(tx, wanted.name()).map(SiteStores::provider);
        return new Draft(
                "the provider " + wanted.name(),
                before.map(Base::of).orElse(Base.NOTHING),
                before.map(found -> WhatDiffers.of(ProviderFields.differences(found, wanted)))
                        .orElseGet(() -> declared(wanted)));
    }

    private static WhatDiffers declared(ProviderDocument wanted) {
        String words =
                "a new provider: "
                        + wanted.kind()
                        + " at "
                        + wanted.baseUrl()
                        + ", jurisdiction "
                        + wanted.jurisdiction();
        return new WhatDiffers(List.of(words), ProviderFields.declared(wanted));
    }

    @Override
    public CarriedOut carryOut(Tx tx, ProposedChange change, Approved approved) {
        ProviderDocument wanted = provider(change);
        Optional<StoredProvider> before = stores.providers().byName(tx, wanted.name());
        Audited<StoredProvider> done =
                before.isPresent()
                        ? commands.updateIn(
                                tx, before.get().endpoint().id(), wanted, approved.consent())
                        : commands.createIn(tx, wanted, approved.consent());
        trials.demandPassed(tx);
        return CarriedOut.of(done.events());
    }

    private static ProviderDocument provider(ProposedChange change) {
        ProviderDocument provider = change.provider();
        if (provider == null) {
            throw AdminRefused.field("change.provider", "is missing");
        }
        return provider;
    }
}
