package com.neuralrouter.contract;

/** A kind of change for which a site can demand a second person. */
public enum ChangeKind {
    /** The rules of the site, of a workspace or of an API key. */
    POLICY(Permission.SITE_APPLY),
    /** What is declared of a provider: where it is, its address, its keys, what it keeps. */
    PROVIDER(Permission.SITE_APPLY),
    /** A workspace's deletion, which destroys its keys. */
    WORKSPACE_DELETION(Permission.WORKSPACES_DELETE),
    /** Letting in a device that could approve. */
    INVITATION(Permission.DEVICES_MANAGE),
    /** Which kinds of change need a second person. */
    APPROVAL_RULES(Permission.APPROVALS_MANAGE);

    private final Permission permission;

    ChangeKind(Permission permission) {
        this.permission = permission;
    }

    /** What somebody needs who makes, proposes or approves such a change. */
    public Permission permission() {
        return permission;
    }
}
