package com.neuralrouter.server.audit.forward;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads syslog messages as a receiver does, strictly by RFC 5424 as far as we write it. */
final class Messages {
    private static final Pattern MESSAGE =
            Pattern.compile(
                    "<(\\d{1,3})>1 (\\S+) (\\S{1,255}) (\\S{1,48}) (\\S{1,128}) (\\S{1,32})"
                            + " ((?:\\[(?:[^\"\\]]|\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*])+)"
                            + " (\uFEFF?)(.*)",
                    Pattern.DOTALL);
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":([0-9]+)");

    private Messages() {}

    /** One message: its header fields, its structured data, whether it is marked as UTF-8. */
    record Message(
            int priority,
            String time,
            String host,
            String application,
            String process,
            String kind,
            String structured,
            boolean marked,
            String content) {

        long sequence() {
            Matcher number = SEQUENCE.matcher(content);
            if (!number.find()) {
                throw new AssertionError("no sequence in " + content);
            }
            return Long.parseLong(number.group(1));
        }

        byte[] leaf() {
            return content.getBytes(StandardCharsets.UTF_8);
        }
    }

    static Message parse(String text) {
        Matcher message = MESSAGE.matcher(text);
        if (!message.matches()) {
            throw new AssertionError("no message of RFC 5424: " + text);
        }
        return new Message(
                Integer.parseInt(message.group(1)),
                message.group(2),
                message.group(3),
                message.group(4),
                message.group(5),
                message.group(6),
                message.group(7),
                !message.group(8).isEmpty(),
                message.group(9));
    }

    /** What a sink keeps, brought to where it is looked at. */
    static void into(Received received, String text) {
        Message message = parse(text);
        received.add(message.sequence(), message.leaf());
    }
}
