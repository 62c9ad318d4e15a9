package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * A change that was approved and carried out.
 *
 * @param invitation the code, if it was about letting a device in: the one answer that carries it
 * @param deleted if it was about deleting a workspace
 * @param policy the new version, if it was about a policy
 */
public record DecidedApproval(
        Approval approval,
        @Nullable CreatedInvitation invitation,
        @Nullable DeletedWorkspace deleted,
        @Nullable PolicyVersion policy) {}
