package com.neuralrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.limit.Hold.Need;
import com.neuralrouter.server.limit.Hold.NoRoom;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

class HoldTest {
    private static final Subject WORKSPACE = Subject.workspace(new WorkspaceId(new UUID(0, 1)));

    private final AtomicLong clock = new AtomicLong();
    private final LimitBook book = new LimitBook(clock::get);
    private final Limits site = book.put(Subject.SITE, new LimitsDocument(100, 1_000, null));
    private final Limits workspace = book.put(WORKSPACE, new LimitsDocument(null, 500, 2));

    private static Need need(long input, long output) {
        return new Need(input, output, true);
    }

    @Test
    void holdsAllOrNothing() {
        var hold = new Hold();
        NoRoom none = hold.take(List.of(site, workspace), need(300, 300));

        assertThat(none).isNotNull();
        assertThat(none.subject()).isEqualTo(WORKSPACE);
        assertThat(none.retryMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(site.requests().reading().remaining()).isEqualTo(100);
        assertThat(site.tokens().reading().remaining()).isEqualTo(1_000);
        assertThat(workspace.places().taken()).isZero();
    }

    @Test
    void givesBackWhatWasNotUsedAndTellsTheTightestLimit() {
        var hold = new Hold();

        assertThat(hold.take(List.of(site, workspace), need(100, 300))).isNull();
        assertThat(hold.requests().remaining()).isEqualTo(99);
        assertThat(hold.tokens().remaining()).isEqualTo(100);
        assertThat(hold.tokens().perMinute()).isEqualTo(500);

        hold.settle(150);
        hold.settle(150);
        assertThat(site.tokens().reading().remaining()).isEqualTo(850);
        assertThat(workspace.tokens().reading().remaining()).isEqualTo(350);
        assertThat(site.requests().reading().remaining()).isEqualTo(99);
        assertThat(workspace.places().taken()).isZero();
    }

    @Test
    void noMoreAreUnderWayThanThereArePlaces() {
        var one = new Hold();
        var two = new Hold();
        var three = new Hold();
        one.take(List.of(workspace), need(1, 1));
        two.take(List.of(workspace), need(1, 1));

        assertThat(three.take(List.of(workspace), need(1, 1)).what())
                .isEqualTo("requests under way");

        one.settle(2);
        assertThat(three.take(List.of(workspace), need(1, 1))).isNull();
    }

    @Test
    void holdsTheSameForAnotherUpstreamOrLeavesAllAsItIs() {
        var hold = new Hold();
        hold.take(List.of(site, workspace), need(200, 0));

        assertThat(hold.another()).isTrue();
        assertThat(workspace.tokens().reading().remaining()).isEqualTo(100);
        assertThat(hold.another()).isFalse();
        assertThat(site.tokens().reading().remaining()).isEqualTo(600);
        assertThat(workspace.tokens().reading().remaining()).isEqualTo(100);
        assertThat(site.requests().reading().remaining()).as("it is one request").isEqualTo(99);
        assertThat(workspace.places().taken()).isEqualTo(1);

        hold.noOther();
        assertThat(site.tokens().reading().remaining()).isEqualTo(800);
        assertThat(workspace.tokens().reading().remaining()).isEqualTo(300);

        assertThat(hold.another()).isTrue();
        hold.settle(150);
        assertThat(site.tokens().reading().remaining()).isEqualTo(850);
        assertThat(workspace.tokens().reading().remaining()).isEqualTo(350);
        assertThat(workspace.places().taken()).isZero();
    }

    @Test
    void aRequestThatSaysNoLengthHoldsAQuarterOfASmallLimitAtTheMost() {
        var hold = new Hold();

        assertThat(hold.take(List.of(workspace), new Need(100, 0, false))).isNull();
        assertThat(hold.tokens().remaining()).isEqualTo(500 - 100 - 125);
    }

    @Test
    void limitsThatAreTakenAwayGiveBackWhereTheyWereHeld() {
        var hold = new Hold();
        hold.take(List.of(workspace), need(100, 100));
        book.put(WORKSPACE, new LimitsDocument(5, null, null));

        hold.settle(10);
        assertThat(workspace.tokens()).isNull();
        assertThat(workspace.places()).isNull();
        assertThat(workspace.requests().perMinute()).isEqualTo(5);
    }
}
