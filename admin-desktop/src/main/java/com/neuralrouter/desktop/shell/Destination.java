package com.neuralrouter.desktop.shell;

import com.neuralrouter.contract.Permission;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import java.util.Locale;

/**
 * Everywhere one can go. Sidebar, palette, shortcuts and the screens' titles derive from it.
 *
 * <p>Words: {@code shell.destination.<name>}, and {@code <bundle>.subtitle} in the screen's own
 * bundle.
 */
public enum Destination {
    OVERVIEW(Group.OPERATE, Material2OutlinedAL.DASHBOARD, Permission.STATUS_READ),
    REQUESTS(Group.OPERATE, Material2OutlinedMZ.SYNC_ALT, Permission.REQUESTS_READ),
    ROUTES(Group.OPERATE, Material2OutlinedAL.ALT_ROUTE, Permission.ROUTES_READ),
    HEALTH(Group.OPERATE, Material2OutlinedAL.FAVORITE_BORDER, Permission.ROUTES_READ),
    INCIDENTS(Group.OPERATE, Material2OutlinedMZ.REPORT_PROBLEM, Permission.INCIDENTS_READ),
    USAGE(Group.OPERATE, Material2OutlinedAL.BAR_CHART, Permission.USAGE_READ),
    LIMITS(Group.OPERATE, Material2OutlinedMZ.SPEED, Permission.LIMITS_READ),
    WORKSPACES(Group.ACCESS, Material2OutlinedAL.GROUP_WORK, Permission.WORKSPACES_READ),
    API_KEYS(Group.ACCESS, Material2OutlinedMZ.VPN_KEY, Permission.API_KEYS_READ),
    CREDENTIALS(Group.ACCESS, Material2OutlinedAL.LOCK, Permission.CREDENTIALS_READ),
    POLICIES(Group.GOVERN, Material2OutlinedMZ.POLICY, Permission.POLICIES_READ),
    APPROVALS(Group.GOVERN, Material2OutlinedAL.HOW_TO_REG, Permission.APPROVALS_READ),
    AUDIT(Group.GOVERN, Material2OutlinedAL.FACT_CHECK, Permission.AUDIT_READ),
    HOLDS(Group.GOVERN, Material2OutlinedAL.GAVEL, Permission.AUDIT_READ),
    ACCESS(Group.GOVERN, Material2OutlinedMZ.VERIFIED_USER, Permission.DEVICES_READ),
    DEVICES(Group.GOVERN, Material2OutlinedAL.DEVICES, Permission.DEVICES_READ),
    VAULT(Group.SYSTEM, Material2OutlinedAL.ENHANCED_ENCRYPTION, Permission.KEYS_READ),
    SETTINGS(Group.SYSTEM, Material2OutlinedMZ.SETTINGS, Permission.STATUS_READ);

    /** The sidebar's groups, in their order. */
    public enum Group {
        OPERATE,
        ACCESS,
        GOVERN,
        SYSTEM;

        /** The key of its title. */
        public String titleKey() {
            return "shell.group." + name().toLowerCase(Locale.ROOT);
        }
    }

    private final Group group;
    private final Ikon icon;
    private final Permission permission;

    Destination(Group group, Ikon icon, Permission permission) {
        this.group = group;
        this.icon = icon;
        this.permission = permission;
    }

    public Group group() {
        return group;
    }

    public Ikon icon() {
        return icon;
    }

    /** Without it the screen can't show anything. */
    public Permission permission() {
        return permission;
    }

    /** The key of its title. */
    public String titleKey() {
        return "shell.destination." + name().toLowerCase(Locale.ROOT);
    }

    /** How ids of its controls begin, as in {@code apikeys.create}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
