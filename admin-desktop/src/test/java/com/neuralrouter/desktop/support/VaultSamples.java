package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Keys and backups as a site may have them, for tests and pictures. */
public final class VaultSamples {
    private VaultSamples() {}

    /** How the keys are while so much is left of a rotation. */
    public static VaultStatus vault(String seal, int olderRootKeys, long pending) {
        return vault(
                seal,
                olderRootKeys,
                pending,
                List.of(
                        workspaceKey(11, "claims-assistant", 2, 12),
                        workspaceKey(12, "code-review", 1, 38),
                        workspaceKey(13, "contact-centre", 1, 21),
                        workspaceKey(14, "fraud-pilot", 1, 9),
                        workspaceKey(15, "research", 1, 2)));
    }

    /** The same with those workspaces. */
    public static VaultStatus vault(
            String seal,
            int olderRootKeys,
            long pending,
            List<VaultStatus.WorkspaceKey> workspaces) {
        return new VaultStatus(
                seal,
                false,
                2 + olderRootKeys,
                Samples.NOW.minus(Duration.ofDays(olderRootKeys > 0 ? 0 : 33)),
                olderRootKeys,
                pending,
                workspaces);
    }

    /** With a new version, if it is of that workspace. */
    public static VaultStatus.WorkspaceKey rotated(
            VaultStatus.WorkspaceKey key, WorkspaceId workspace) {
        return key.workspaceId().equals(workspace)
                ? new VaultStatus.WorkspaceKey(
                        workspace, key.workspace(), key.version() + 1, Samples.NOW, 1)
                : key;
    }

    private static VaultStatus.WorkspaceKey workspaceKey(
            int number, String name, int version, int daysAgo) {
        return new VaultStatus.WorkspaceKey(
                Samples.id(WorkspaceId::of, number),
                name,
                version,
                Samples.NOW.minus(Duration.ofDays(daysAgo)),
                0);
    }

    /** A backup made so many hours ago. */
    public static Backup backup(Backup.Kind kind, int hoursAgo) {
        var at = Samples.NOW.minus(Duration.ofHours(hoursAgo));
        boolean data = kind == Backup.Kind.DATA;
        return new Backup(
                (data ? "data-" : "keys-")
                        + DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                                .withZone(ZoneOffset.UTC)
                                .format(at)
                        + ".nrbackup",
                kind,
                at,
                data ? 418_300_000L - 1_700_000L * (hoursAgo / 24) : 24_600,
                "0.1.0",
                5);
    }
}
