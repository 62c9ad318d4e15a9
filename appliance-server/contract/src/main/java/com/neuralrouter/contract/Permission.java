package com.neuralrouter.contract;

/**
 * One thing that an administrator may be allowed to do. Every command on the admin plane demands
 * exactly one.
 */
public enum Permission {
    STATUS_READ,
    WORKSPACES_READ,
    WORKSPACES_MANAGE,
    /** Delete a workspace and destroy its keys. */
    WORKSPACES_DELETE,
    API_KEYS_READ,
    API_KEYS_MANAGE,
    CREDENTIALS_READ,
    CREDENTIALS_MANAGE,
    ROUTES_READ,
    /** Take a provider out of service, and put it back. */
    PROVIDERS_MANAGE,
    /** Import what is known of models, their prices among it. */
    CATALOGUE_MANAGE,
    INCIDENTS_READ,
    /** Acknowledge, annotate and close incidents. */
    INCIDENTS_MANAGE,
    REQUESTS_READ,
    /** See what requests came to, in sums. */
    USAGE_READ,
    /** The same as a file. */
    USAGE_EXPORT,
    /** See how much of limits and budgets is used. */
    LIMITS_READ,
    AUDIT_READ,
    /** Place and lift legal holds, erase names from readable entries, confirm who has access. */
    AUDIT_MANAGE,
    /** Read what is kept of prompts and answers, each time with a reason. */
    CONTENT_READ,
    /** Erase it before its time. */
    CONTENT_ERASE,
    BACKUPS_READ,
    /** Make a backup and verify one. None leaves the machine by this. */
    BACKUPS_MANAGE,
    DEVICES_READ,
    DEVICES_MANAGE,
    /** See which keys there are and how old they are; never a key. */
    KEYS_READ,
    /** Rotate the root key or a workspace's key. */
    KEYS_MANAGE,
    /** Read the whole site as a document: the names of everything, no secret. */
    SITE_EXPORT,
    /** Make the site what a document says, and set policies. */
    SITE_APPLY,
    /** See the policies' versions. */
    POLICIES_READ,
    /** See which changes wait for a second person, and which did. */
    APPROVALS_READ,
    /** Approve or reject what somebody else proposes, where the change itself would be allowed. */
    APPROVALS_DECIDE,
    /** Say which changes need a second person. */
    APPROVALS_MANAGE
}
