package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Who and what has access to the site at the moment, to be reviewed.
 *
 * @param digest SHA-256 over what is granted, lower-case hex: a review confirms exactly that
 * @param reviewedAt when somebody last confirmed it; null if nobody ever did
 * @param reviewedBy who that was
 * @param changed whether something is granted otherwise than then
 */
public record AccessList(
        String digest,
        @Nullable Instant reviewedAt,
        @Nullable String reviewedBy,
        boolean changed,
        List<Access> access) {

    public AccessList {
        access = List.copyOf(access);
    }

    /**
     * One grant.
     *
     * @param id of the device, the API key or the credential
     * @param name as it is called
     * @param grants the role of a device, the workspace of an API key, workspace and provider of a
     *     credential
     * @param since when it was granted, or last replaced
     * @param until when it ends by itself; null for never
     * @param lastUsed null if it never was, as far as the trail goes back, or if that is not known
     * @param remarks what a reviewer should look at
     */
    public record Access(
            Kind kind,
            String id,
            String name,
            String grants,
            Instant since,
            @Nullable Instant until,
            @Nullable Instant lastUsed,
            List<Remark> remarks) {

        public Access {
            remarks = List.copyOf(remarks);
        }
    }

    /** What has access. */
    public enum Kind {
        /** An administrator's device, or a witness's. */
        DEVICE,
        /** An app, by its key. */
        API_KEY,
        /** A workspace, at a provider. */
        CREDENTIAL
    }

    /** What a reviewer should look at. */
    public enum Remark {
        /** Not used for 90 days, or never since it is that old. */
        UNUSED,
        /** Has no end. */
        NO_END,
        /** Not replaced for a year. */
        OLD,
        /** May do everything. */
        OWNER
    }
}
