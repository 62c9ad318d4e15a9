package com.neuralrouter.desktop.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.VaultSamples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class KeysViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final ManualTicker ticker = new ManualTicker();
    private final KeysViewModel model =
            new KeysViewModel(site, Direct.tasks(), notices, ticker, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void measuresARotationFromTheMostThatWasLeftOfIt() {
        site.vault = VaultSamples.vault("passphrase", 1, 40);
        ticker.tick();
        assertThat(model.progress(status())).isZero();

        site.vault = VaultSamples.vault("passphrase", 1, 10);
        ticker.tick();
        assertThat(model.progress(status())).isEqualTo(0.75);
        assertThat(KeysViewModel.rotating(status())).isTrue();

        site.vault = VaultSamples.vault("passphrase", 0, 0);
        ticker.tick();
        site.vault = VaultSamples.vault("passphrase", 1, 8);
        ticker.tick();
        assertThat(model.progress(status())).as("of the next rotation").isZero();
    }

    @Test
    void isRotatingUntilTheOldRootKeyIsDestroyed() {
        assertThat(KeysViewModel.rotating(VaultSamples.vault("passphrase", 1, 0))).isTrue();
        assertThat(KeysViewModel.rotating(VaultSamples.vault("passphrase", 0, 0))).isFalse();
    }

    @Test
    void rotatesTheRootKeyOnceAtATime() {
        var ready = model.rootIsReady();
        assertThat(ready.get()).isTrue();
        var done = new AtomicInteger();

        model.rotateRoot(model.submission(), done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(status().rootKeyVersion()).isEqualTo(3);
        assertThat(ready.get()).isFalse();
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("vault.rotated.root");
    }

    @Test
    void rotatesTheKeyOfOneWorkspace() {
        model.rotate(model.submission(), status().workspaces().get(1), () -> {});

        assertThat(status().workspaces())
                .filteredOn(KeysViewModel::rotating)
                .extracting(VaultStatus.WorkspaceKey::workspace)
                .containsExactly("code-review");
    }

    @Test
    void changesNothingWhenARotationIsRefused() {
        var refusal = FakeAdminClient.problem(ProblemCode.IN_USE, "It is being rotated already.");
        var submission = model.submission();
        site.refuseNext(refusal);

        model.rotateRoot(submission, () -> {});

        assertThat(submission.trouble().get()).contains(refusal);
        assertThat(status().rootKeyVersion()).isEqualTo(2);
        assertThat(notices.all()).isEmpty();
    }

    @Test
    void warnsOfASealBesideTheDataAndOfAHalfDoneChange() {
        assertThat(KeysViewModel.warnings(VaultSamples.vault("shares", 0, 0))).isEmpty();
        assertThat(KeysViewModel.warnings(VaultSamples.vault("key-file", 0, 0)))
                .extracting(Warning::key)
                .containsExactly("vault.warning.key_file");

        var sealed = VaultSamples.vault("transit", 0, 0);
        var halfDone =
                new VaultStatus(
                        sealed.seal(),
                        true,
                        sealed.rootKeyVersion(),
                        sealed.rootKeyCreatedAt(),
                        0,
                        0,
                        sealed.workspaces());
        assertThat(KeysViewModel.warnings(halfDone))
                .extracting(Warning::key)
                .containsExactly("vault.warning.seal_change");
    }

    @Test
    void stopsAskingWhenItIsHidden() {
        model.stop();
        site.calls.clear();

        ticker.tick();

        assertThat(site.calls).isEmpty();
    }

    private VaultStatus status() {
        return model.loader().known().orElseThrow();
    }
}
