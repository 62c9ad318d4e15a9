package com.neuralrouter.desktop.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.Event;
import com.neuralrouter.contract.Incident.Kind;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class IncidentsViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final IncidentsViewModel model =
            new IncidentsViewModel(
                    site, Direct.tasks(), new ManualTicker(), notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.refresh();
    }

    @Test
    void listsWhatIsNotClosedFirst() {
        assertThat(known()).extracting(Incident::state).containsExactly(State.OPEN, State.CLOSED);
    }

    @Test
    void acknowledgesAnnotatesAndCloses() {
        var done = new AtomicInteger();

        model.acknowledge(model.submission(), open());
        model.note(model.submission(), open(), " the vendor is informed ", done::incrementAndGet);
        model.close(model.submission(), open(), "", done::incrementAndGet);

        assertThat(done).hasValue(2);
        assertThat(open().state()).isEqualTo(State.CLOSED);
        assertThat(open().timeline())
                .extracting(Event::kind)
                .containsExactly(Kind.OPENED, Kind.ACKNOWLEDGED, Kind.NOTE, Kind.CLOSED);
        assertThat(open().timeline().get(2).text()).isEqualTo("the vendor is informed");
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactlyInAnyOrder(
                        "incidents.acknowledged", "incidents.noted", "incidents.closed");
    }

    @Test
    void aNoteHasWords() {
        assertThat(model.noteProblem("  ")).isPresent();
        assertThat(model.noteProblem("x".repeat(2_001))).isPresent();
        assertThat(model.noteProblem("looked at it")).isEmpty();
    }

    @Test
    void findsBySubjectAndByWhatWasFound() {
        model.search().set("83.4");
        assertThat(model.rows(known())).extracting(Incident::subject).containsExactly("gpu-hall-b");

        model.search().set("hosted");
        assertThat(model.rows(known())).extracting(Incident::subject).containsExactly("eu-hosted");
    }

    private List<Incident> known() {
        return model.loader().known().orElseThrow();
    }

    private Incident open() {
        return known().stream()
                .filter(each -> each.subject().equals("gpu-hall-b"))
                .findFirst()
                .orElseThrow();
    }
}
