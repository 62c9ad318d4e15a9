package com.neuralrouter.contract;

import java.util.EnumSet;
import java.util.Set;

/** What an administrator may do, as a named set of {@link Permission}s. */
public enum Role {
    /** Everything, including who else may administer. */
    OWNER(EnumSet.allOf(Permission.class)),
    /**
     * Runs the site, but decides neither who administers it nor what becomes of its keys, and
     * neither reads nor erases content.
     */
    ADMIN(
            EnumSet.complementOf(
                    EnumSet.of(
                            Permission.APPROVALS_MANAGE,
                            Permission.AUDIT_MANAGE,
                            Permission.CONTENT_ERASE,
                            Permission.CONTENT_READ,
                            Permission.DEVICES_MANAGE,
                            Permission.KEYS_MANAGE,
                            Permission.WORKSPACES_DELETE))),
    /** Looks, and changes nothing: an auditor, a colleague on call. */
    MEMBER(
            EnumSet.of(
                    Permission.STATUS_READ,
                    Permission.WORKSPACES_READ,
                    Permission.API_KEYS_READ,
                    Permission.CREDENTIALS_READ,
                    Permission.ROUTES_READ,
                    Permission.INCIDENTS_READ,
                    Permission.REQUESTS_READ,
                    Permission.USAGE_READ,
                    Permission.LIMITS_READ,
                    Permission.AUDIT_READ,
                    Permission.BACKUPS_READ,
                    Permission.DEVICES_READ,
                    Permission.KEYS_READ,
                    Permission.POLICIES_READ,
                    Permission.APPROVALS_READ));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
