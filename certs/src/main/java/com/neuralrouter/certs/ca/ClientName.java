package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.trust.CertificateProblem;

import java.util.UUID;

/**
 * Whom a client certificate names: what a person calls the device, and the ids that the appliance
 * gave it.
 */
public record ClientName(String name, UUID installation, UUID device) {
    private static final int MAX_LENGTH = 64;

    public ClientName {
        name = name.strip();
        if (name.isEmpty()
                || name.length() > MAX_LENGTH
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new CertificateProblem(
                    "A device's name has 1 to 64 characters, none of them a control character.");
        }
    }

    /** The subject alternative name: {@code nr://<installation>/device/<device>}. */
    public String uri() {
        return "nr://" + installation + "/device/" + device;
    }
}
