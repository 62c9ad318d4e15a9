package com.neuralrouter.server.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ErasedContent;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.admin.AdminRefused;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/** Content that a workspace keeps: sealed to its place, given out for a reason only, erased. */
@Tag("store")
class KeptContentTest extends KeptContentFixture {
    @Test
    void isGivenBackAsItWas() {
        String large = "ü".repeat(SealedContent.PIECE);
        RequestId id = kept("{\"a\":1}", large);
        RequestId empty = kept("", "");

        KeptContent read = read(id);

        assertThat(text(read.requestBody())).isEqualTo("{\"a\":1}");
        assertThat(text(read.answerBody())).isEqualTo(large);
        assertThat(read.head().bytes()).isEqualTo(7 + 2L * SealedContent.PIECE);
        assertThat(read(empty).answerBody()).isEmpty();
        assertThat(read.toString()).doesNotContain("ü").contains("redacted");
    }

    @Test
    void isReadForAReasonThatStandsInTheTrail() {
        RequestId id = kept("question", "answer");

        read(id);

        AuditEntry entry = entry("content.read");
        assertThat(entry.target()).isEqualTo("request/" + id);
        assertThat(entry.workspace()).isEqualTo("legal");
        assertThat(entry.details()).containsEntry("why", REASON);
        assertThat(entry.toString()).doesNotContain("question").doesNotContain("answer");
    }

    @Test
    void isNotReadWithoutAReasonOrWithoutTheRight() {
        RequestId id = kept("question", "answer");
        ContentCommands commands = commands(site.clock);

        for (String reason : List.of(" ", "")) {
            assertThatThrownBy(() ->
                            commands.read(
                                    site.as(Permission.CONTENT_READ), new ReadContent(id, reason)))
                    .isInstanceOf(AdminRefused.class);
        }
        assertThatThrownBy(() ->
                        commands.read(site.as(Permission.AUDIT_READ), new ReadContent(id, REASON)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        commands.erase(
                                site.as(Permission.CONTENT_READ),
                                new EraseContent(ContentOf.all(legal.id()), REASON)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Role.ADMIN.may(Permission.CONTENT_READ)).isFalse();
        assertThat(Role.MEMBER.may(Permission.CONTENT_READ)).isFalse();
        assertThat(Role.OWNER.may(Permission.CONTENT_READ)).isTrue();
        assertThat(site.entries()).noneMatch(each -> each.action().equals("content.read"));
    }

    @Test
    void doesNotOpenWhenAnythingOfItWasMovedOrGivenAnotherEnd() {
        String large = "x".repeat(3 * SealedContent.PIECE);
        for (String change :
                List.of(
                        "DELETE FROM kept_content_piece WHERE part = 1 AND piece = 2 AND",
                        "DELETE FROM kept_content_piece WHERE part = 1 AND",
                        "UPDATE kept_content_piece SET part = part + 7 WHERE part = 0 AND",
                        "UPDATE kept_content_piece SET piece = 9 WHERE part = 1 AND piece = 0 AND",
                        "UPDATE kept_content SET expires_at = TIMESTAMP WITH TIME ZONE"
                                + " '2999-01-01 00:00:00+00' WHERE")) {
            RequestId id = kept("question", large);
            execute(change + " request_id = ?", id.value());

            assertThatThrownBy(() -> read(id))
                    .as(change)
                    .isInstanceOfSatisfying(
                            AdminRefused.class,
                            refused ->
                                    assertThat(refused.code())
                                            .isEqualTo(ProblemCode.STORE_TAMPERED));
        }
    }

    @Test
    void doesNotOpenUnderAnotherRequestsKey() {
        RequestId one = kept("question", "answer");
        RequestId other = kept("question", "answer");
        execute(
                "UPDATE kept_content_key SET data_key = (SELECT k.data_key FROM kept_content_key k"
                        + " WHERE k.request_id = ?) WHERE request_id = ?",
                one.value(),
                other.value());

        assertThatThrownBy(() -> read(other)).isInstanceOf(AdminRefused.class);
        assertThat(text(read(one).requestBody())).isEqualTo("question");
    }

    @Test
    void givesAPersonsContentToThemAndErasesIt() {
        RequestId first = kept("{\"user\":\"ada.lovelace\"}", "1");
        kept("{\"user\":\"bob\"}", "2");
        RequestId second = kept("{\"metadata\":{\"user_id\":\"ada.lovelace\"}}", "3");
        kept("no JSON", "4");
        var ada = ContentOf.subject(legal.id(), "ada.lovelace");

        Page<KeptContent> exported = export(ada, null);
        ErasedContent erased = erase(ada);

        assertThat(exported.items())
                .extracting(each -> each.head().request())
                .containsExactly(first, second);
        assertThat(erased).isEqualTo(new ErasedContent(2, EXPIRES));
        assertThatThrownBy(() -> read(first)).isInstanceOf(AdminRefused.class);
        assertThat(rows()).as("requests, their pieces, their keys").containsExactly(2L, 4L, 2L);
        assertThat(entry("content.erased").target())
                .startsWith("content/" + legal.id() + "/subject/");
        assertThat(entry("content.erased").details())
                .containsEntry("why", REASON)
                .containsEntry("count", "2");
        assertThat(site.entries())
                .filteredOn(each -> each.action().startsWith("content."))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain("lovelace"));
        assertThat(erase(ada)).as("again").isEqualTo(new ErasedContent(0, null));
    }

    @Test
    void erasesWhatCameWithOneKeyAndOneRequestAndAll() {
        var other = new ApiKeyId(new UUID(0, 8));
        RequestId one = kept("1", "1");
        RequestId two = kept("2", "2");
        RequestId three = kept(other, "3", "3");

        erase(new ContentOf(legal.id(), null, null, one));
        assertThatThrownBy(() -> read(one)).isInstanceOf(AdminRefused.class);
        erase(new ContentOf(legal.id(), null, other, null));
        assertThatThrownBy(() -> read(three)).isInstanceOf(AdminRefused.class);
        assertThat(text(read(two).requestBody())).isEqualTo("2");
        erase(ContentOf.all(legal.id()));

        assertThat(rows()).containsExactly(0L, 0L, 0L);
        assertThatThrownBy(() -> erase(new ContentOf(legal.id(), "ada", other, null)))
                .isInstanceOf(AdminRefused.class);
    }

    @Test
    void isListedAndExportedPageByPage() {
        for (int i = 0; i < 52; i++) {
            kept("{\"user\":\"ada\"}", "" + i);
        }
        kept("x".repeat(3 << 20), "");
        kept("x".repeat(3 << 20), "");
        ContentOf all = ContentOf.all(legal.id());

        Page<KeptContentHead> listed = commands(site.clock).list(legal.id(), null, 100);
        Page<KeptContent> first = export(all, null);
        Page<KeptContent> second = export(all, first.items().getLast().head().request());
        Page<KeptContent> third = export(all, second.items().getLast().head().request());

        assertThat(listed.items()).hasSize(54);
        assertThat(first.items()).hasSize(50);
        assertThat(second.items()).as("no more than 4 MiB").hasSize(3);
        assertThat(second.nextCursor()).isNotNull();
        assertThat(third.items()).hasSize(1);
        assertThat(third.nextCursor()).isNull();
    }
}
