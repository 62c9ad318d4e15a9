package com.neuralrouter.server.device;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;

/** {@code POST /enrol/v1/devices}: all that the enrolment listener answers. */
public final class EnrolmentEndpoints implements AdminEndpoints {
    private final Enrolment enrolment;
    private final EnrolmentRate rate;

    public EnrolmentEndpoints(Enrolment enrolment, EnrolmentRate rate) {
        this.enrolment = enrolment;
        this.rate = rate;
    }

    @Override
    public void addTo(Routes routes) {
        routes.post(AdminApi.ENROL, this::enrol);
    }

    private AdminAnswer enrol(AdminHttpRequest request) {
        if (!rate.admits(request.address())) {
            throw new AdminRefused(
                    ProblemCode.TOO_MANY_REQUESTS, "Wait a minute before you try again.");
        }
        EnrolDevice wanted = request.body(EnrolDevice.class);
        return AdminAnswer.created(enrolment.enrol(wanted, request.address(), request.id()));
    }
}
