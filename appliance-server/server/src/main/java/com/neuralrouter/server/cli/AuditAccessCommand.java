package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ConfirmAccess;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code neural-router audit access}: an access review. */
@Command(
        name = "access",
        header = "List who has access, and confirm it.",
        description = {
            "",
            "Devices, API keys and credentials that are in force, with when each was last used and"
                    + " what a reviewer should look at. Confirming is an entry of the audit trail"
                    + " with the digest of what was granted; it is refused when that has changed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router audit access --site /var/lib/neural-router",
            "  neural-router audit access --site /var/lib/neural-router --confirm DIGEST \\",
            "      --note 'Q4 review, with Grace'"
        },
        mixinStandardHelpOptions = true)
final class AuditAccessCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--confirm",
            paramLabel = "DIGEST",
            description = "Confirm what was listed, by the digest that was printed with it.")
    private @Nullable String confirm;

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            description = "Goes into the audit trail with the confirmation.")
    private @Nullable String note;

    AuditAccessCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            AccessList list =
                    confirm == null
                            ? client.get(AdminApi.ACCESS, AccessList.class)
                            : client.post(
                                    AdminApi.ACCESS_REVIEWS,
                                    new ConfirmAccess(confirm, note),
                                    AccessList.class);
            if (confirm == null) {
                list.access().forEach(each -> terminal.print(line(each)));
            }
            terminal.print(
                    "Last reviewed: "
                            + (list.reviewedAt() == null
                                    ? "never"
                                    : list.reviewedAt()
                                            + " by "
                                            + list.reviewedBy()
                                            + (list.changed() ? ", changed since" : "")));
            terminal.print("Digest: " + list.digest());
            return ExitCode.OK;
        }
    }

    private static String line(Access each) {
        return "%-10s  %s  %s  %s  since %s  until %s  last used %s  %s"
                .formatted(
                        word(each.kind()),
                        each.id(),
                        each.name(),
                        each.grants(),
                        each.since(),
                        each.until() == null ? "-" : each.until(),
                        each.lastUsed() == null ? "-" : each.lastUsed(),
                        each.remarks().stream()
                                .map(AuditAccessCommand::word)
                                .collect(Collectors.joining(", ")))
                .strip();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
