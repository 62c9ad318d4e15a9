package com.neuralrouter.desktop.support;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.enrol.Enroller;
import com.neuralrouter.desktop.enrol.Profile;
import com.neuralrouter.desktop.enrol.ProfileStore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Enrols without a network: real keys and certificates, and one profile that is there already. */
public final class FakeEnroller implements Enroller {
    private final List<Profile> profiles = new ArrayList<>();
    private Optional<Trouble> refusal = Optional.empty();

    public FakeEnroller() {
        profiles.add(profile("hq-appliance", "hq.bank.example"));
    }

    /** Enrolment is refused so from now on. */
    public void refuse(Trouble trouble) {
        refusal = Optional.of(trouble);
    }

    @Override
    public Answer<ProfileStore.Found> profiles() {
        return new Answer.Ok<>(new ProfileStore.Found(profiles, List.of()));
    }

    @Override
    public Answer<Profile> enrol(String host, EnrolmentCode code) {
        return refusal.<Answer<Profile>>map(Answer.Refused::new)
                .orElseGet(() -> {
                    var made = profile("new-appliance", host);
                    profiles.add(made);
                    return new Answer.Ok<>(made);
                });
    }

    @Override
    public Answer<ProfileStore.Found> forget(Profile profile) {
        profiles.remove(profile);
        return profiles();
    }

    private static Profile profile(String name, String host) {
        var site = SiteCertificateAuthority.create("Sample Bank", Samples.CLOCK).authority();
        var key = DeviceKey.generate();
        var client = new ClientName("Ana Ruiz", new UUID(1, 2), new UUID(3, 4));
        var chain =
                site.issueClient(
                        CertificateRequest.of(key),
                        client,
                        SiteCertificateAuthority.CLIENT_VALIDITY);
        return new Profile(
                name,
                new Address(host, 9443),
                key.with(chain),
                site.root(),
                Path.of("profiles", host, "device.p12"));
    }
}
