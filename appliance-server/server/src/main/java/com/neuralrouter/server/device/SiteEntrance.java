package com.neuralrouter.server.device;

import com.neuralrouter.certs.ca.SiteCertificateAuthority;

import java.util.function.IntSupplier;

/**
 * What a new device needs to know of the appliance, and by whom its key is certified.
 *
 * @param name the appliance's name
 * @param enrolmentPort where the enrolment listener is; asked when a code is made, because a
 *     listener may let the system choose its port
 * @param adminPort where the admin listener is
 */
public record SiteEntrance(
        String name,
        SiteCertificateAuthority authority,
        IntSupplier enrolmentPort,
        IntSupplier adminPort) {}
