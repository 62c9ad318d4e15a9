package com.neuralrouter.server.admin;

import java.util.Map;

/** The ways to change the site that {@link EveryCommandIsAuditedTest} does not run. */
final class AuditedElsewhere {
    /** What doesn't leave exactly one entry: how many it leaves, and what shows that. */
    static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("AdminPlane.record", "the one it is given: SiteOnPostgresIT"),
                    Map.entry("SiteCommands.export", "none: it reads"),
                    Map.entry("SiteCommands.plan", "none: it reads"),
                    Map.entry("PolicyTrials.run", "none: it reads"),
                    Map.entry("SiteCommands.apply", "one for each change: SiteCommandsIT"),
                    Map.entry("PolicyAdministration.set", "one: PolicyVersionsTest"),
                    Map.entry("PolicyAdministration.activate", "one: PolicyVersionsTest"),
                    Map.entry("PolicyCommands.setKeyIn", "one: PolicyVersionsTest"),
                    Map.entry("ApprovalCommands.propose", "one: ApprovalsTest"),
                    Map.entry("ApprovalCommands.approve", "one, and the change's: ApprovalsTest"),
                    Map.entry("ApprovalCommands.reject", "one: ApprovalsTest"),
                    Map.entry("ApprovalCommands.withdraw", "one: ApprovalsTest"),
                    Map.entry("ApprovalCommands.expire", "one for each: ApprovalsTest"),
                    Map.entry("ApprovalRulesCommands.set", "one: ApprovalsTest"),
                    Map.entry("DeviceCommands.inviteIn", "one: ApprovalsTest"),
                    Map.entry("Approvable.committed", "none: the change is in the trail"),
                    Map.entry("WorkspaceRemoval.committed", "none: the change is in the trail"),
                    Map.entry("KeyRotation.step", "one for each step: KeyRotationTest"),
                    Map.entry("UsageReports.export", "one: UsageSumsTest"),
                    Map.entry("AccessReviews.confirm", "one: AccessReviewsTest"),
                    Map.entry("Backups.create", "one for each file, later: BackupScheduleTest"),
                    Map.entry("Backups.verify", "one, later: BackupScheduleTest"),
                    Map.entry("Backups.recordDrill", "one: BackupScheduleTest"),
                    Map.entry("BudgetCommands.told", "two: BudgetKeeperTest, LimitsIT"),
                    Map.entry("SuspensionCommands.suspend", "one: ProviderWatchTest"),
                    Map.entry("SuspensionCommands.resume", "one, or two: ProviderWatchTest"),
                    Map.entry("SuspensionCommands.breached", "two: ProviderWatchTest"),
                    Map.entry("SuspensionCommands.reported", "one: ProviderWatchTest"),
                    Map.entry("SuspensionCommands.recovered", "two: ProviderWatchTest"),
                    Map.entry("SuspensionCommands.returning", "one: ProviderWatchTest"),
                    Map.entry("SuspensionCommands.returned", "two: ProviderWatchTest"),
                    Map.entry("ContentCommands.read", "one: KeptContentTest"),
                    Map.entry("ContentCommands.export", "one for each page: KeptContentTest"),
                    Map.entry("ContentCommands.erase", "one: KeptContentTest"),
                    Map.entry("ReceiptKeyCommands.rotate", "one: ReceiptKeyCommandsTest"),
                    Map.entry("ReceiptKeyCommands.takeUp", "one: ReceiptKeyCommandsTest"),
                    Map.entry("IncidentCommands.observeIn", "one: IncidentCommandsTest"),
                    Map.entry("IncidentCommands.acknowledge", "one: IncidentCommandsTest"),
                    Map.entry("IncidentCommands.note", "one: IncidentCommandsTest"),
                    Map.entry("IncidentCommands.close", "one: IncidentCommandsTest"));

    private AuditedElsewhere() {}
}
