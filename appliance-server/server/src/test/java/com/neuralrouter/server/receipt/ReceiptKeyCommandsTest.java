package com.neuralrouter.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.ReceiptSigningKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The keys of receipts: recorded once, renewed with the old one destroyed, and never lost. */
class ReceiptKeyCommandsTest {
    @TempDir private Path folder;
    private TestSite site;
    private Receipts receipts;
    private ReceiptKeyCommands commands;

    @BeforeEach
    void open() {
        site = new TestSite(folder.resolve("site"));
        receipts = Receipts.issued(ReceiptSigningKey.of(site.vault), "nr.test/audit", () -> 0);
        commands = commands(receipts);
        commands.takeUp(site.as(Permission.KEYS_MANAGE));
    }

    @AfterEach
    void close() {
        site.close();
    }

    private ReceiptKeyCommands commands(Receipts of) {
        return new ReceiptKeyCommands(
                site.transactions,
                site.reads,
                site.vault,
                of,
                new ReceiptKeyFile(folder.resolve("jwks.json")),
                site.ids,
                site.clock);
    }

    private List<String> actions() {
        return site.entries().stream()
                .map(AuditEntry::action)
                .filter(action -> action.startsWith("receipt_key."))
                .toList();
    }

    private String jwks() {
        return new String(receipts.keys().jwks(), StandardCharsets.UTF_8);
    }

    @Test
    void recordsANewSitesKeyOnce() {
        commands(receipts).takeUp(site.as(Permission.KEYS_MANAGE));

        assertThat(actions()).containsExactly("receipt_key.begun");
        assertThat(receipts.keys().published()).extracting(ReceiptKey::signing).containsOnly(true);
        assertThat(folder.resolve("jwks.json")).hasContent(jwks());
    }

    @Test
    void signsWithAnotherKeyAfterARotationAndPublishesBoth() {
        byte[] before = site.vault.key(KeyPurpose.RECEIPT_SIGNING);
        String old = ReceiptFixtures.signedBy(receipts).jws();

        List<ReceiptKey> keys = commands.rotate(site.as(Permission.KEYS_MANAGE));

        assertThat(keys).extracting(ReceiptKey::signing).containsExactly(true, false);
        assertThat(site.vault.key(KeyPurpose.RECEIPT_SIGNING)).isNotEqualTo(before);
        assertThat(site.vault.record().keys())
                .as("the old private half is nowhere")
                .filteredOn(key -> key.purpose().equals("receipt-signing"))
                .hasSize(1);
        assertThatCode(() -> ReceiptCheck.of(old, jwks())).doesNotThrowAnyException();
        assertThatCode(() -> ReceiptCheck.of(ReceiptFixtures.signedBy(receipts).jws(), jwks()))
                .doesNotThrowAnyException();
        assertThat(actions()).contains("receipt_key.rotated").hasSize(2);
        assertThat(folder.resolve("jwks.json")).hasContent(jwks());
    }

    @Test
    void recordsAtTheNextStartTheKeyOfARotationThatWasCutOff() {
        site.vault.renewReceiptKey();
        Receipts next = Receipts.issued(ReceiptSigningKey.of(site.vault), "nr.test/audit", () -> 0);

        commands(next).takeUp(site.as(Permission.KEYS_MANAGE));

        assertThat(next.keys().published())
                .extracting(ReceiptKey::signing)
                .containsExactly(true, false);
        assertThat(actions()).containsOnly("receipt_key.begun").hasSize(2);
    }

    @Test
    void rotatesForNobodyWhoWasAuthorisedForSomethingElse() {
        assertThatThrownBy(() -> commands.rotate(site.as(Permission.KEYS_READ)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(receipts.keys().published()).hasSize(1);
    }
}
