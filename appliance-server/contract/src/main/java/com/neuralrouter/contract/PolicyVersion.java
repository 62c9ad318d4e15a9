package com.neuralrouter.contract;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One version of a policy. The newest of its target is in force; going back to an older one makes a
 * new version with its rules.
 *
 * @param number counts from 1 for each target, without gaps
 * @param hash SHA-256 of the canonical document, hex: equal rules have equal hashes
 * @param by who made it: a device's name, or the account on the box
 * @param note what its maker said of it
 * @param restores the version that it went back to
 * @param approval the approval by which it came into force, if it needed one
 * @param inForce whether it is the newest
 * @param policy the rules
 */
public record PolicyVersion(
        PolicyTarget target,
        long number,
        String hash,
        Instant at,
        String by,
        String note,
        @Nullable Long restores,
        @Nullable ApprovalId approval,
        boolean inForce,
        PolicyDocument policy) {}
