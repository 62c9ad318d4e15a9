package com.neuralrouter.contract;

/**
 * The certificate that a device got.
 *
 * @param certificateChain PEM, the device's certificate first, the issuing CA's after it, without
 *     the root
 * @param rootCertificate PEM, the site's root: what the device trusts from now on
 * @param adminPort where the admin listener is, on the address that the device enrolled at
 */
public record EnrolledDevice(
        DeviceId id,
        String name,
        Role role,
        String applianceName,
        String certificateChain,
        String rootCertificate,
        int adminPort) {}
