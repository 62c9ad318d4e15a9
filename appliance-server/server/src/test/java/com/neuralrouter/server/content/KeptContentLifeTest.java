package com.neuralrouter.server.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.secret.SealedRow;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

/**
 * Kept content on its way: into the store, along with its workspace's keys, and out of it, at its
 * time or when the policies in force or a deletion say so.
 */
@Tag("store")
class KeptContentLifeTest extends KeptContentFixture {
    @Test
    void isGoneWhenItsTimeIsOver() {
        RequestId id = kept("question", "answer");

        assertThat(sweep(later(29)).sweep()).isZero();
        assertThat(text(read(id).requestBody())).isEqualTo("question");
        assertThatThrownBy(() ->
                        commands(later(30))
                                .read(
                                        site.as(Permission.CONTENT_READ),
                                        new ReadContent(id, REASON)))
                .as("at its end, swept or not")
                .isInstanceOf(AdminRefused.class);
        assertThat(commands(later(30)).list(legal.id(), null, 10).items()).isEmpty();
        assertThat(sweep(later(30)).sweep()).isEqualTo(1);

        assertThat(rows()).containsExactly(0L, 0L, 0L);
        assertThat(entry("content.expired").details()).containsEntry("count", "1");
        assertThat(sweep(later(30)).sweep()).isZero();
    }

    @Test
    void isKeptNoLongerThanThePoliciesWantLater() {
        kept("question", "answer");

        inForce.put(legal.id(), Retention.days(7));
        assertThat(sweep(later(6)).sweep()).isZero();
        assertThat(sweep(later(7)).sweep()).isEqualTo(1);
        kept("question", "answer");
        inForce.put(legal.id(), Retention.ZERO);
        assertThat(sweep(site.clock).sweep()).isEqualTo(1);

        assertThat(rows()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void isLeftAloneWhileNobodyKnowsThePolicies() {
        RequestId id = kept("question", "answer");
        var unsure =
                new ContentSweep(
                        site.transactions, site.reads, _ -> Optional.empty(), site.ids, later(8));

        assertThat(unsure.sweep()).isZero();

        assertThat(text(read(id).requestBody())).isEqualTo("question");
    }

    @Test
    void goesWithItsWorkspacesKeyAndThenWithItsRows() {
        RequestId id = kept("question", "answer");
        RequestId late = site.ids.nextRequest();
        site.removal.delete(site.as(Permission.WORKSPACES_DELETE), legal.id(), legal.name());
        inForce.remove(legal.id());

        assertThatThrownBy(() -> read(id)).isInstanceOf(AdminRefused.class);
        try (var keeper = new ContentKeeper(site.database, sealed(site.clock), 1_000)) {
            keeper.start();
            keeper.keep(finished(late, KEY, "late", "late"));
        }
        assertThat(sweep(site.clock).sweep()).as("and not the late one").isEqualTo(1);

        assertThat(rows()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void followsItsWorkspacesKeyWhenThatIsRotated() {
        RequestId id = kept("question", "answer");
        site.apply(tx -> {
            site.keys.rotate(tx, legal.id());
            return Audited.of(true, AuditEvent.done("test.rotated", "test", Map.of()));
        });
        assertThat(site.reads.read(site.rotation::pending)).isEqualTo(1);

        long newest = site.reads.read(tx -> (long) site.keys.newestVersion(tx, legal.id()));
        site.database.write(tx -> {
            var store = new ContentKeyStore();
            store.sealedUnderOlder(tx, legal.id(), (int) newest)
                    .forEach(row -> {
                        try (SecretBytes secret = site.keys.open(tx, row.place(), row.sealed())) {
                            store.replace(
                                    tx,
                                    new SealedRow(
                                            row.place(), site.keys.seal(tx, row.place(), secret)));
                        }
                    });
            return true;
        });

        assertThat(site.reads.read(site.rotation::pending)).isZero();
        assertThat(text(read(id).requestBody())).isEqualTo("question");
    }

    @Test
    void isCarriedIntoTheStoreByItsThreadOnce() {
        var keeper = new ContentKeeper(site.database, sealed(site.clock), 10);
        keeper.start();
        RequestId id = site.ids.nextRequest();

        assertThat(keeper.reserve(6)).isTrue();
        assertThat(keeper.reserve(6)).as("no room").isFalse();
        var about = new Keeping.About(id, legal.id(), KEY, Retention.days(30));
        var finished = new FinishedExchange(about, content("q"), content("a"), true, 6);
        keeper.keep(finished);
        keeper.keep(finished);
        keeper.close();

        assertThat(text(read(id).requestBody())).isEqualTo("q");
        assertThat(read(id).head().cut()).isTrue();
        assertThat(rows()).containsExactly(1L, 2L, 1L);
        assertThat(keeper.reserve(1)).as("after the end").isFalse();
    }
}
