package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shares: any k open the seal, fewer don't, and what is wrong with one is told. */
class SharesSealTest extends SealContract {
    private final Map<SealRecord, List<String>> printed = new HashMap<>();

    @Override
    Seal make() {
        return make(3, 5);
    }

    @Override
    Seal open(SealRecord record) {
        SealRecord unmixed =
                printed.keySet().stream()
                        .filter(known -> known.text("set").equals(record.text("set")))
                        .findFirst()
                        .orElseThrow();
        return open(record, printed.get(unmixed).subList(1, 4));
    }

    @Override
    String secret() {
        return printed.values().iterator().next().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "3, 5", "5, 5", "16, 16"})
    void opensWithAnyThresholdOfThemInAnyOrder(int threshold, int count) {
        try (Seal seal = make(threshold, count)) {
            List<String> shares = printed.get(seal.record());
            byte[] wrapped = seal.wrap(new byte[32], new byte[1]);

            for (int from = 0; from < count; from++) {
                List<String> some = new ArrayList<>();
                for (int i = 0; i < threshold; i++) {
                    some.add(shares.get((from + count - i) % count));
                }
                try (Seal opened = open(seal.record(), some)) {
                    assertThat(opened.unwrap(wrapped, new byte[1])).hasSize(32);
                }
            }
        }
    }

    @Test
    void tellsHowManyAreStillNeeded() {
        SealRecord record = madeRecord();
        try (ShareCollector collector = seals().collector(record)) {
            assertThat(collector.missing()).isEqualTo(3);
            assertThat(add(collector, share(record, 0))).isEqualTo(2);
            assertThat(add(collector, share(record, 4))).isEqualTo(1);
            assertThatThrownBy(() -> seals().open(record, new SealMaterial.Shares(collector)))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("1 more");
            assertThat(add(collector, share(record, 2))).isZero();
            assertThat(add(collector, share(record, 1))).isZero();
            seals().open(record, new SealMaterial.Shares(collector)).close();
        }
    }

    @Test
    void saysWhichGroupIsMistyped() {
        SealRecord record = madeRecord();
        String share = share(record, 0);
        try (ShareCollector collector = seals().collector(record)) {
            for (int at = 0; at < share.length(); at++) {
                if (share.charAt(at) == '-') {
                    continue;
                }
                char other = share.charAt(at) == '7' ? 'K' : '7';
                String wrong = share.substring(0, at) + other + share.substring(at + 1);
                assertThatThrownBy(() -> add(collector, wrong))
                        .isInstanceOf(SealRefused.class)
                        .hasMessageContaining("Group " + (at / 6 + 1) + " of the share");
            }
            assertThat(collector.missing()).isEqualTo(3);
        }
    }

    @Test
    void noticesNeighboursAndGroupsExchanged() {
        SealRecord record = madeRecord();
        String share = share(record, 0);
        try (ShareCollector collector = seals().collector(record)) {
            for (int at = 0; at + 1 < share.length(); at++) {
                char one = share.charAt(at);
                char two = share.charAt(at + 1);
                if (one == two || one == '-' || two == '-') {
                    continue;
                }
                String wrong = share.substring(0, at) + two + one + share.substring(at + 2);
                assertThatThrownBy(() -> add(collector, wrong)).isInstanceOf(SealRefused.class);
            }
            String exchanged =
                    share.substring(0, 6)
                            + share.substring(12, 18)
                            + share.substring(6, 12)
                            + share.substring(18);
            assertThatThrownBy(() -> add(collector, exchanged))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("Group 2");
        }
    }

    @Test
    void saysHowManyGroupsAreMissing() {
        SealRecord record = madeRecord();
        String share = share(record, 0);
        try (ShareCollector collector = seals().collector(record)) {
            assertThatThrownBy(() -> add(collector, share.substring(6)))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("18 groups")
                    .hasMessageContaining("17 groups");
            assertThatThrownBy(() -> add(collector, "")).isInstanceOf(SealRefused.class);
            assertThatThrownBy(() -> add(collector, share + "-" + share))
                    .isInstanceOf(SealRefused.class);
            assertThatThrownBy(() -> add(collector, share.replaceFirst("-", "!")))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("no share has")
                    .hasMessageNotContaining(share.substring(6, 11));
        }
    }

    @Test
    void isReadAsPeopleCopyIt() {
        SealRecord record = madeRecord();
        try (ShareCollector collector = seals().collector(record)) {
            String copied =
                    share(record, 0).replace('-', ' ').toLowerCase().replace('0', 'o') + "\r\n";
            assertThat(add(collector, copied.replace('1', 'l'))).isEqualTo(2);
        }
    }

    @Test
    void refusesTheSameShareTwiceAndOneOfAnotherSet() {
        SealRecord record = madeRecord();
        SealRecord older = madeRecord();
        try (ShareCollector collector = seals().collector(record)) {
            add(collector, share(record, 0));
            assertThatThrownBy(() -> add(collector, share(record, 0)))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("Share 1 was entered already");
            assertThatThrownBy(() -> add(collector, share(older, 1)))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("another set");
            assertThat(collector.missing()).isEqualTo(2);
        }
    }

    @Test
    void refusesAForgedShareByTheKeysCheckAndForgetsAll() {
        SealRecord record = madeRecord();
        String genuine = share(record, 0);
        String forged;
        try (SecretBytes text = secretOf(genuine);
                Share read = Share.read(text);
                Share other =
                        new Share(
                                read.set(),
                                read.threshold(),
                                read.index(),
                                SecretBytes.owning(new byte[32]));
                SecretBytes again = other.printed()) {
            forged = new String(again.copy(), StandardCharsets.US_ASCII);
        }
        try (ShareCollector collector = seals().collector(record)) {
            add(collector, forged);
            add(collector, share(record, 1));
            add(collector, share(record, 2));

            assertThatThrownBy(() -> seals().open(record, new SealMaterial.Shares(collector)))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("don't give this seal's key");
            assertThat(collector.missing()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "0, 0", "3, 2", "2, 17", "-1, 3"})
    void refusesCountsThatProtectNothing(int threshold, int count) {
        assertThatThrownBy(() -> make(threshold, count))
                .isInstanceOf(SealRefused.class)
                .hasMessageContaining("threshold");
    }

    @Test
    void refusesARecordWhoseCountsWereEdited() {
        SealRecord record = madeRecord();
        Map<String, String> parameters = new TreeMap<>(record.parameters());
        parameters.put("threshold", "2");
        SealRecord edited = new SealRecord(SealKind.SHARES, parameters);
        try (ShareCollector collector = seals().collector(edited)) {
            assertThatThrownBy(() -> add(collector, share(record, 0)))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageContaining("not printed for this seal");
        }
        parameters.put("threshold", "1");
        assertThatThrownBy(() -> seals().collector(new SealRecord(SealKind.SHARES, parameters)))
                .isInstanceOf(SealRefused.class);
        parameters.put("set", "00");
        assertThatThrownBy(() -> seals().collector(new SealRecord(SealKind.SHARES, parameters)))
                .isInstanceOf(SealRefused.class);
    }

    @Test
    void alwaysNeedsPersons() {
        assertThat(seals().automatic(madeRecord())).isEmpty();
    }

    private SealRecord madeRecord() {
        try (Seal seal = make()) {
            return seal.record();
        }
    }

    private Seal make(int threshold, int count) {
        SealSpec spec = new SealSpec.Shares(threshold, count);
        try (SealMaterial material = seals().automatic(spec).orElseThrow();
                NewSeal made = seals().create(spec, material)) {
            printed.put(
                    made.seal().record(),
                    made.shares().stream()
                            .map(share -> new String(share.copy(), StandardCharsets.US_ASCII))
                            .toList());
            assertThat(made.shares()).hasSize(count);
            assertThat(made.toString()).doesNotContain(printed.get(made.seal().record()));
            return made.seal();
        }
    }

    private Seal open(SealRecord record, List<String> shares) {
        try (ShareCollector collector = seals().collector(record)) {
            shares.forEach(share -> add(collector, share));
            return seals().open(record, new SealMaterial.Shares(collector));
        }
    }

    private String share(SealRecord record, int number) {
        return printed.get(record).get(number);
    }

    private static int add(ShareCollector collector, String share) {
        try (SecretBytes text = secretOf(share)) {
            return collector.add(text);
        }
    }
}
