package com.neuralrouter.contract;

/**
 * What a device sends to the enrolment listener, after it has checked the site's CA against the
 * code's pin.
 *
 * @param token the secret part of the enrolment code, base64url without padding
 * @param certificateRequest a PKCS#10 request, PEM
 */
public record EnrolDevice(String token, String certificateRequest) {

    @Override
    public String toString() {
        return "EnrolDevice[token=redacted]";
    }
}
