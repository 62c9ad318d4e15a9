package com.neuralrouter.server.access;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;

/** {@code /admin/v1/access}: who has access, and that somebody has reviewed it. */
public final class AccessEndpoints implements AdminEndpoints {
    private final AccessReviews reviews;

    public AccessEndpoints(AccessReviews reviews) {
        this.reviews = reviews;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.ACCESS, this::list);
        routes.post(AdminApi.ACCESS_REVIEWS, this::confirm);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.DEVICES_READ);
        request.authorise(Permission.API_KEYS_READ);
        request.authorise(Permission.CREDENTIALS_READ);
        return AdminAnswer.ok(reviews.list());
    }

    private AdminAnswer confirm(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.AUDIT_MANAGE);
        return AdminAnswer.created(reviews.confirm(by, request.body(ConfirmAccess.class)));
    }
}
