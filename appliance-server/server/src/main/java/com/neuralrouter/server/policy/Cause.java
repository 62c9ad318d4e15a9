package com.neuralrouter.server.policy;

import com.neuralrouter.server.approval.Consent;

import org.jspecify.annotations.Nullable;

/**
 * Who puts a policy in force, and why.
 *
 * @param by as versions name their makers
 * @param note what the version is for; may be empty
 * @param restores the version that it goes back to; null if it is a new one
 * @param consent that a second person is not needed, or has approved it
 */
public record Cause(String by, String note, @Nullable Long restores, Consent consent) {

    /** A new version that nothing more is said of. */
    public static Cause of(String by, Consent consent) {
        return new Cause(by, "", null, consent);
    }
}
