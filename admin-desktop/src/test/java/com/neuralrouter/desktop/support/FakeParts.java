package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.client.AdminClient;

/** The parts of a {@link FakeAdminClient} that have clients of their own. */
abstract class FakeParts extends FakeRouting implements AdminClient {
    public final FakeGovernance governance = new FakeGovernance(this);
    public final FakePolicies policies = new FakePolicies(this);
    public final FakeUsage usage = new FakeUsage(this);

    @Override
    public FakeGovernance governance() {
        return governance;
    }

    @Override
    public FakeUsage usage() {
        return usage;
    }

    @Override
    public FakePolicies policies() {
        return policies;
    }
}
