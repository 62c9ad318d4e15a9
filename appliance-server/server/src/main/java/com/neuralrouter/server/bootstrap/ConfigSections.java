package com.neuralrouter.server.bootstrap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each section of {@code appliance.yaml} is about, in the order of the file. */
final class ConfigSections {
    static final Map<String, String> ALL = Collections.unmodifiableMap(all());

    private ConfigSections() {}

    private static Map<String, String> all() {
        var sections = new LinkedHashMap<String, String>();
        sections.put("store", "Which database keeps the site's state.");
        sections.put("listeners", "The three sockets. All of them speak HTTPS.");
        sections.put(
                "listeners.inference", "Where apps send their requests: TLS 1.2 or 1.3, API key.");
        sections.put(
                "listeners.admin",
                "Where the desktop and the command administer: TLS 1.3, client certificate.");
        sections.put(
                "listeners.enrolment",
                "Where a new device gets its certificate: TLS 1.3, one-time code.");
        sections.put("limits", "What a client may cost.");
        sections.put("timeouts", "How long anybody may take.");
        sections.put(
                "audit",
                "What happens when the audit log can't be written, and what it is compared with.");
        sections.put("audit.timestamp", "Who stamps the audit log's checkpoints.");
        sections.put("audit.forward", "Who gets the audit log's entries as they come.");
        sections.put("usage", "How long what requests leave behind is kept.");
        sections.put("backup", "When backups are made, and where they go.");
        sections.put("backup.data", "Backups of the data: all but the workspaces' keys.");
        sections.put("backup.keys", "Backups of the keys, apart from the data.");
        return sections;
    }
}
