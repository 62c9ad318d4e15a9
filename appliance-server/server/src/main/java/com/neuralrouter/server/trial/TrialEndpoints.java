package com.neuralrouter.server.trial;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.usage.UsageStore;

/** {@code POST /admin/v1/policies/try}: what a policy would do; changes nothing. */
public final class TrialEndpoints implements AdminEndpoints {
    private final PolicyTrials trials;
    private final SiteReads reads;
    private final UsageStore usage;

    public TrialEndpoints(PolicyTrials trials, SiteReads reads, UsageStore usage) {
        this.trials = trials;
        this.reads = reads;
        this.usage = usage;
    }

    @Override
    public void addTo(Routes routes) {
        routes.post(AdminApi.POLICIES_TRY, this::tryOut);
    }

    private AdminAnswer tryOut(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.SITE_APPLY);
        return AdminAnswer.ok(trials.run(by, reads, usage, request.body(TryPolicy.class)));
    }
}
