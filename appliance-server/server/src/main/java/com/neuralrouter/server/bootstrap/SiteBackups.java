package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.backup.BackupFolder;
import com.neuralrouter.server.backup.BackupKind;
import com.neuralrouter.server.backup.BackupMaker;
import com.neuralrouter.server.backup.BackupMetrics;
import com.neuralrouter.server.backup.BackupSchedule;
import com.neuralrouter.server.backup.Backups;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.secret.Vault;

import java.nio.file.Path;
import java.security.SecureRandom;

/** The parts that make backups, put together. */
public final class SiteBackups {
    private SiteBackups() {}

    /** Where a site's backups are. */
    public static Backups.Folders folders(SiteFolder site, ApplianceConfig.Backup config) {
        return new Backups.Folders(
                new BackupFolder(in(site, config.data()), BackupKind.DATA),
                config.data().keep(),
                new BackupFolder(in(site, config.keys()), BackupKind.KEYS),
                config.keys().keep());
    }

    private static Path in(SiteFolder site, ApplianceConfig.Backups config) {
        return site.root().resolve(config.folder());
    }

    /** The key for backups of that kind out of an open vault; the caller closes it. */
    public static StreamKey key(Vault vault, BackupKind kind) {
        return StreamKey.owning(
                vault.key(
                        switch (kind) {
                            case DATA -> KeyPurpose.BACKUP;
                            case KEYS -> KeyPurpose.KEY_BACKUP;
                        }));
    }

    /** When they were made. */
    static Metrics metrics(SiteFolder site, ApplianceConfig.Backup config, Backups backups) {
        return new BackupMetrics(backups, folders(site, config), every(config));
    }

    private static BackupSchedule.Every every(ApplianceConfig.Backup config) {
        return new BackupSchedule.Every(config.data().every(), config.keys().every());
    }

    /** Starts the schedule; what is made is added to the parts, which close it. */
    static Backups start(
            SiteFolder site,
            AdminPlane.Ground ground,
            AdminPlane admin,
            AuditTrail trail,
            Parts parts) {
        var keys = new VaultBackupKeys(ground.vault(), site.vault());
        ApplianceConfig.Backup config = ground.config().backup();
        Backups.Folders folders = folders(site, config);
        var maker =
                new BackupMaker(
                        new BackupMaker.Identity(ground.config().name(), ApplianceVersion.text()),
                        ground.database(),
                        site.root(),
                        keys,
                        ground.integrity(),
                        trail.files(),
                        new SecureRandom(),
                        ground.clock());
        var backups =
                parts.add(
                        new Backups(
                                maker,
                                keys,
                                folders,
                                admin.transactions(),
                                ground.ids(),
                                ground.clock()));
        var schedule =
                parts.add(
                        new BackupSchedule(
                                backups, folders, every(config), ground.ids(), ground.clock()));
        schedule.start();
        return backups;
    }
}
