package com.neuralrouter.server.audit.forward;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes entries as lines of ArcSight's Common Event Format ("Implementing ArcSight Common Event
 * Format", version 25, 2017): seven header fields between bars, then extensions. The extension
 * {@code NeuralRouterApplianceEntry} is the leaf as it is in the tree, once the escapes are undone.
 * Immutable.
 */
final class CefLines {
    private final Sender sender;

    CefLines(Sender sender) {
        this.sender = sender;
    }

    byte[] of(Leaf leaf, LeafFacts facts) {
        String event = facts.event().isEmpty() ? "entry" : facts.event();
        var line = new StringBuilder("CEF:0");
        for (String field :
                new String[] {
                    "Neural Router",
                    "Neural Router Appliance",
                    sender.version(),
                    event,
                    event.replace('_', ' ').replace('.', ' '),
                    String.valueOf(facts.severity().cef())
                }) {
            line.append('|').append(header(field));
        }
        line.append('|');
        Instant time = facts.time();
        extension(line, "rt", time == null ? "" : String.valueOf(time.toEpochMilli()));
        extension(line, "externalId", String.valueOf(leaf.sequence()));
        extension(line, "dvchost", sender.host());
        extension(line, "cat", facts.actorType());
        extension(line, "suid", facts.actor());
        extension(line, "outcome", facts.outcome());
        labelled(line, 1, "log", sender.log());
        labelled(line, 2, "target", facts.target());
        labelled(line, 3, "request", facts.request());
        extension(
                line,
                "NeuralRouterApplianceEntry",
                new String(leaf.bytes(), StandardCharsets.UTF_8));
        return line.substring(0, line.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private static void labelled(StringBuilder line, int number, String label, String value) {
        if (!value.isEmpty()) {
            extension(line, "cs" + number + "Label", label);
            extension(line, "cs" + number, value);
        }
    }

    private static void extension(StringBuilder line, String key, String value) {
        if (!value.isEmpty()) {
            line.append(key).append('=').append(value(value)).append(' ');
        }
    }

    /** Bars and backslashes are escaped; a header is one line. */
    private static String header(String text) {
        return text.replaceAll("[\\r\\n]+", " ").replace("\\", "\\\\").replace("|", "\\|");
    }

    /** Equals signs, backslashes and ends of lines are escaped; bars are not. */
    private static String value(String text) {
        return text.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }
}
