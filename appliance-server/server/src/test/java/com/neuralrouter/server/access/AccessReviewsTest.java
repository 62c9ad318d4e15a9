package com.neuralrouter.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AccessList.Kind;
import com.neuralrouter.contract.AccessList.Remark;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A review lists what is granted, and confirms exactly what was looked at. */
@Tag("store")
class AccessReviewsTest {
    @TempDir private Path folder;
    private TestSite site;
    private Workspace legal;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        legal = site.workspace("legal");
        site.apiKeys.create(
                site.as(Permission.API_KEYS_MANAGE), legal.id(), new CreateApiKey("app", null));
        var provider = site.provider("vllm");
        site.credentials.put(
                site.as(Permission.CREDENTIALS_MANAGE),
                legal.id(),
                new PutCredential(provider.endpoint().id(), "main", "sk-0123456789"));
    }

    @AfterEach
    void close() {
        site.close();
    }

    private AccessReviews reviews(Clock clock) {
        return new AccessReviews(
                site.transactions,
                site.reads,
                site.auditStore,
                new GrantedAccess(
                        new GrantedAccess.Stores(
                                site.deviceStore,
                                site.apiKeyStore,
                                site.credentialStore,
                                site.workspaceStore,
                                site.providerStore,
                                site.auditStore),
                        (_, _) -> Map.of(),
                        clock));
    }

    @Test
    void listsWhatIsGrantedAndConfirmsIt() {
        AccessReviews reviews = reviews(site.clock);

        AccessList list = reviews.list();

        assertThat(list.reviewedAt()).isNull();
        assertThat(list.changed()).isTrue();
        assertThat(list.access())
                .extracting(Access::kind, Access::name, Access::grants)
                .containsExactly(
                        tuple(Kind.API_KEY, "app", "legal"),
                        tuple(Kind.CREDENTIAL, "main", "legal at vllm"));
        AccessList confirmed =
                reviews.confirm(
                        site.as(Permission.AUDIT_MANAGE),
                        new ConfirmAccess(list.digest(), "with Grace"));
        assertThat(confirmed.changed()).isFalse();
        assertThat(confirmed.reviewedBy()).isEqualTo("tester");
        AuditEntry entry = site.entries().getFirst();
        assertThat(entry.action()).isEqualTo("access.reviewed");
        assertThat(entry.details())
                .containsEntry("sha256", list.digest())
                .containsEntry("note", "with Grace")
                .containsEntry("entries", "2");
    }

    @Test
    void refusesToConfirmWhatHasChangedSinceItWasLookedAt() {
        AccessReviews reviews = reviews(site.clock);
        AccessList list = reviews.list();
        site.apiKeys.create(
                site.as(Permission.API_KEYS_MANAGE), legal.id(), new CreateApiKey("more", null));

        assertThatThrownBy(() ->
                        reviews.confirm(
                                site.as(Permission.AUDIT_MANAGE),
                                new ConfirmAccess(list.digest(), null)))
                .isInstanceOf(AdminRefused.class);
        assertThat(reviews.list().reviewedAt()).isNull();
    }

    @Test
    void remarksWhatIsUnusedOldOrWithoutAnEnd() {
        Instant later = site.clock.instant().plus(Duration.ofDays(400));

        AccessList list = reviews(Clock.fixed(later, ZoneOffset.UTC)).list();

        assertThat(list.access())
                .extracting(Access::remarks)
                .containsExactly(
                        List.of(Remark.UNUSED, Remark.OLD, Remark.NO_END), List.of(Remark.OLD));
    }
}
