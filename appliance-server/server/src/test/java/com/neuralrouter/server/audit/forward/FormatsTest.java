package com.neuralrouter.server.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** How entries are written for receivers. */
class FormatsTest {
    private static final Sender AWKWARD = new Sender("höst name", "nr.site/audit", "1.0\"]\\|x");

    private final SyslogFrames frames =
            new SyslogFrames(Forwarding.SENDER, ReceiverSettings.Payload.JSON);

    @Test
    void writesAnEntryAsAMessageOfRfc5424WithItsLength() {
        String frame = text(frames.of(leaf(7)));

        assertThat(frame)
                .isEqualTo(
                        "380 <110>1 2026-11-23T20:00:00.000007Z box.example.org neural-router"
                                + " nr.site/audit api_key.created"
                                + " [meta sequenceId=\"8\"]"
                                + "[origin software=\"neural-router\" swVersion=\"0.1.0\"] "
                                + new String(Leaves.leaf(7), StandardCharsets.UTF_8));
        assertThat(frame.substring(4)).hasSize(380);
    }

    @Test
    void countsOctetsAndMarksWhatIsNotAscii() {
        byte[] frame = frames.of(leaf(31));
        String text = text(frame);
        int blank = text.indexOf(' ');

        assertThat(Integer.parseInt(text.substring(0, blank))).isEqualTo(frame.length - blank - 1);
        Messages.Message message = Messages.parse(text.substring(blank + 1));
        assertThat(message.marked()).isTrue();
        assertThat(message.leaf()).isEqualTo(Leaves.leaf(31));
    }

    @Test
    void tellsARefusalByItsSeverity() {
        assertThat(message(frames.of(leaf(10))).priority()).isEqualTo(13 * 8 + 4);
        assertThat(message(frames.of(leaf(11))).priority()).isEqualTo(13 * 8 + 6);
    }

    @Test
    void beginsTheShortNumberAnewWhereTheRfcWantsIt() {
        byte[] any = Leaves.leaf(1);

        assertThat(structured(2_147_483_646L, any)).contains("sequenceId=\"2147483647\"");
        assertThat(structured(2_147_483_647L, any)).contains("sequenceId=\"1\"");
    }

    @Test
    void letsNothingBreakOutOfTheHeader() {
        var awkward = new SyslogFrames(AWKWARD, ReceiverSettings.Payload.JSON);

        Messages.Message message = message(awkward.of(leaf(7)));

        assertThat(message.host()).isEqualTo("h_st_name");
        assertThat(message.structured()).endsWith("swVersion=\"1.0\\\"\\]\\\\|x\"]");
        assertThat(message.leaf()).isEqualTo(Leaves.leaf(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{\"time\":\"soon\",\"action\":7}", "{\"v\":"})
    void forwardsWhatItDoesNotUnderstandAllTheSame(String leaf) {
        byte[] bytes = leaf.getBytes(StandardCharsets.UTF_8);

        Messages.Message message = message(frames.of(new Leaf(3, bytes)));

        assertThat(message.time()).isEqualTo("-");
        assertThat(message.kind()).isEqualTo("-");
        assertThat(message.leaf()).isEqualTo(bytes);
    }

    @Test
    void writesCefWithItsFieldsAndTheLeaf() {
        assertThat(cef(Forwarding.SENDER, "{\"kind\":\"heartbeat\",\"a\":\"b=c|d\\\\e\"}"))
                .isEqualTo(
                        "CEF:0|Neural Router|Neural Router Appliance|0.1.0|heartbeat|heartbeat|3|"
                                + "externalId=3 dvchost=box.example.org cs1Label=log"
                                + " cs1=nr.site/audit NeuralRouterApplianceEntry="
                                + "{\"kind\":\"heartbeat\",\"a\":\"b\\=c|d\\\\\\\\e\"}");
    }

    @Test
    void escapesBarsInCefsHeaderAndEndsOfLinesInItsExtensions() {
        String line = cef(AWKWARD, "{\"action\":\"a|b\\\\c\\nd\",\"target\":\"x=\\r\\ny\\\\\"}");

        assertThat(line).startsWith("CEF:0|Neural Router|Neural Router Appliance|1.0\"]\\\\\\|x|");
        assertThat(line).contains("|a\\|b\\\\c d|");
        assertThat(line).contains(" cs2Label=target cs2=x\\=\\r\\ny\\\\ ");
        assertThat(line).doesNotContain("\n").doesNotContain("\r");
    }

    @Test
    void putsTheWholeEntryIntoCefSoThatItsHashCanBeChecked() {
        for (long sequence : new long[] {1, 31, 97}) {
            String line =
                    message(
                                    new SyslogFrames(
                                                    Forwarding.SENDER, ReceiverSettings.Payload.CEF)
                                            .of(leaf(sequence)))
                            .content();
            String entry = line.substring(line.indexOf("NeuralRouterApplianceEntry=") + 27);

            assertThat(unescaped(entry))
                    .isEqualTo(new String(Leaves.leaf(sequence), StandardCharsets.UTF_8));
        }
    }

    private static String unescaped(String value) {
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '\\') {
                i++;
                each =
                        value.charAt(i) == 'n'
                                ? '\n'
                                : value.charAt(i) == 'r' ? '\r' : value.charAt(i);
            }
            text.append(each);
        }
        return text.toString();
    }

    private static String cef(Sender sender, String leaf) {
        var bytes = leaf.getBytes(StandardCharsets.UTF_8);
        return text(new CefLines(sender).of(new Leaf(3, bytes), LeafFacts.of(bytes)));
    }

    private String structured(long sequence, byte[] leaf) {
        return message(frames.of(new Leaf(sequence, leaf))).structured();
    }

    private static Leaf leaf(long sequence) {
        return new Leaf(sequence, Leaves.leaf(sequence));
    }

    private static Messages.Message message(byte[] frame) {
        String text = text(frame);
        return Messages.parse(text.substring(text.indexOf(' ') + 1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
