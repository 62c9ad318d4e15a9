package com.neuralrouter.desktop.enrol;

import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.desktop.client.Answer;

/**
 * Makes and keeps profiles: the part of enrolment that takes time. All calls block. {@link
 * OnThisDevice} is the real one.
 */
public interface Enroller {
    /** Every profile that this device has. */
    Answer<ProfileStore.Found> profiles();

    /** Enrols at that host and keeps the profile. */
    Answer<Profile> enrol(String host, EnrolmentCode code);

    /** Deletes the profile with its key; answers those that are left. */
    Answer<ProfileStore.Found> forget(Profile profile);

    /** Enrols over the network and keeps profiles on disk. */
    record OnThisDevice(EnrolmentFlow flow, ProfileStore store) implements Enroller {
        @Override
        public Answer<ProfileStore.Found> profiles() {
            return new Answer.Ok<>(store.load());
        }

        @Override
        public Answer<Profile> enrol(String host, EnrolmentCode code) {
            return flow.enrol(host, code).map(store::save);
        }

        @Override
        public Answer<ProfileStore.Found> forget(Profile profile) {
            store.forget(profile);
            return profiles();
        }
    }
}
