package com.neuralrouter.desktop.approvals;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.approvals.ApprovalsViewModel.Decision;
import com.neuralrouter.desktop.i18n.ApprovalText;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Allowed;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.Differences;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import java.util.List;
import java.util.Locale;

/** Shows changes that wait for a second person, and approves, rejects or takes one back. */
public final class ApprovalsView {
    private final ApprovalsViewModel model;
    private final ViewContext context;
    private final ConnectionModel connection;
    private final Allowed mayDecide;
    private final BooleanBinding mayManage;

    public ApprovalsView(
            ApprovalsViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.connection = connection;
        this.context = context;
        mayDecide = connection.may(Permission.APPROVALS_DECIDE);
        mayManage = connection.may(Permission.APPROVALS_MANAGE);
    }

    /** The screen; made once. */
    public Screen screen() {
        var rules =
                Buttons.with(
                        Material2OutlinedMZ.RULE,
                        Buttons.plain("approvals.rules", text("rules"), this::askRules));
        return new ListScreen<>("approvals", context, model, Material2AL.HOW_TO_REG, columns())
                .identifiedBy(Approval::id)
                .spare("expires", "proposed", "kind", "by", "state")
                .detail(this::detail)
                .searched(model.search())
                .tools(decided())
                .action(
                        Buttons.allowedWhile(mayManage, context, rules),
                        new UiCommand(
                                "approvals.rules",
                                "approvals.rules",
                                new Shortcut.None(),
                                mayManage,
                                this::askRules));
    }

    private ToggleButton decided() {
        var toggle = new ToggleButton(text("decided"));
        toggle.setId("approvals.decided");
        toggle.selectedProperty().bindBidirectional(model.decided());
        return toggle;
    }

    private List<Column<Approval>> columns() {
        var formats = context.formats();
        return List.of(
                Column.pills("state", text("column.state"), 130, this::word, ApprovalsView::tone),
                Column.of("subject", text("column.subject"), 280, Look.STRONG, this::subject),
                Column.of("kind", text("column.kind"), 140, Look.TEXT, this::kind),
                Column.of(
                        "by",
                        text("column.by"),
                        175,
                        Look.TEXT,
                        each -> each.proposedBy().person()),
                Column.of(
                                "proposed",
                                text("column.proposed"),
                                190,
                                Look.MUTED,
                                (Approval each) -> formats.moment(each.proposedAt()))
                        .sortedBy(Approval::proposedAt),
                Column.of(
                                "expires",
                                text("column.expires"),
                                190,
                                Look.MUTED,
                                (Approval each) -> formats.moment(each.expiresAt()))
                        .sortedBy(Approval::expiresAt));
    }

    private DetailPane detail(Approval each) {
        var formats = context.formats();
        var pane =
                new DetailPane("approvals.detail", context, subject(each))
                        .node(text("column.state"), new StatusPill(tone(each), word(each)));
        if (each.state() == State.PENDING) {
            part(pane, each);
        }
        if (each.baseChanged()) {
            pane.node(
                    text("base_changed"),
                    new Banner("approvals.base_changed", Tone.WARNING, text("base_changed.text")));
        }
        pane.node(text("differences"), differences(each))
                .fact(text("note"), each.note().isEmpty() ? text("none") : each.note())
                .fact(text("column.by"), party(each.proposedBy()))
                .fact(text("column.proposed"), formats.dateTime(each.proposedAt()))
                .fact(text("column.expires"), formats.dateTime(each.expiresAt()));
        var by = each.decidedBy();
        var at = each.decidedAt();
        if (by != null && at != null) {
            pane.fact(text("decided_by"), party(by)).fact(text("decided_at"), formats.dateTime(at));
        }
        var said = each.decisionNote();
        if (said != null && !said.isEmpty()) {
            pane.fact(text("decision_note"), said);
        }
        pane.copyable("hash", text("hash"), each.hash())
                .copyable("id", text("id"), each.id().toString());
        return each.state() == State.PENDING ? pane.actions(actions(each)) : pane;
    }

    /** What can be done, and why not the rest. */
    private void part(DetailPane pane, Approval each) {
        if (isOwn(each)) {
            pane.node(text("part"), new Banner("approvals.own", Tone.INFO, text("part.proposed")));
        } else {
            pane.fact(text("part"), text("part.decide", each.proposedBy().person()));
        }
    }

    /** Who proposed it takes it back or waits; anybody else decides. */
    private Button[] actions(Approval each) {
        if (isOwn(each)) {
            return new Button[] {withdraw(each)};
        }
        return each.baseChanged()
                ? new Button[] {reject(each)}
                : new Button[] {approve(each), reject(each)};
    }

    private boolean isOwn(Approval each) {
        return connection.isUs(each.proposedBy().person());
    }

    private Button approve(Approval each) {
        return Buttons.allowedWhile(
                mayDecideAbout(each),
                context,
                Buttons.with(
                        Material2AL.CHECK,
                        Buttons.primary(
                                "approvals.approve",
                                text("approve"),
                                () -> ask(each, Decision.APPROVE))));
    }

    private Button reject(Approval each) {
        return Buttons.allowedWhile(
                mayDecideAbout(each),
                context,
                Buttons.with(
                        Material2AL.CLOSE,
                        Buttons.danger(
                                "approvals.reject",
                                text("reject"),
                                () -> ask(each, Decision.REJECT))));
    }

    private Button withdraw(Approval each) {
        return Buttons.with(
                Material2MZ.UNDO,
                Buttons.plain(
                        "approvals.withdraw",
                        text("withdraw"),
                        () -> ask(each, Decision.WITHDRAW)));
    }

    /** It takes what making the change takes as well. */
    private Allowed mayDecideAbout(Approval each) {
        return mayDecide.and(connection.may(each.kind().permission()));
    }

    private void ask(Approval each, Decision decision) {
        var submission = model.submission();
        var note = new TextField();
        note.setId("approvals.note");
        var form =
                new FormDialog(context, "approvals.decide", title(each, decision), submission)
                        .wide()
                        .say(say(decision))
                        .note(differences(each))
                        .checked(
                                "note",
                                "approvals.decide.note",
                                note,
                                ApprovalsViewModel::noteProblem);
        if (decision == Decision.REJECT) {
            form.takesAway();
        }
        form.open(
                action(decision),
                note,
                close ->
                        model.decide(
                                submission,
                                each,
                                decision,
                                note.getText(),
                                code -> {
                                    close.run();
                                    code.ifPresent(this::reveal);
                                }));
    }

    private String title(Approval each, Decision decision) {
        return switch (decision) {
            case APPROVE -> text("approve.title", subject(each));
            case REJECT -> text("reject.title", subject(each));
            case WITHDRAW -> text("withdraw.title", subject(each));
        };
    }

    private String say(Decision decision) {
        return switch (decision) {
            case APPROVE -> text("approve.say");
            case REJECT -> text("reject.say");
            case WITHDRAW -> text("withdraw.say");
        };
    }

    private String action(Decision decision) {
        return switch (decision) {
            case APPROVE -> text("approve");
            case REJECT -> text("reject");
            case WITHDRAW -> text("withdraw");
        };
    }

    private void reveal(CreatedInvitation invitation) {
        RevealOnceDialog.open(
                context,
                "approvals.reveal",
                text("reveal.title"),
                text(
                        "reveal.text",
                        invitation.name(),
                        context.formats().dateTime(invitation.expiresAt())),
                invitation.code(),
                () -> {});
    }

    private void askRules() {
        model.rules().known().ifPresent(rules -> new RulesForm(model, context).open(rules));
    }

    private String party(Party party) {
        return party.person().equals(party.device())
                ? party.person()
                : text("party", party.person(), party.device());
    }

    private String subject(Approval each) {
        return ApprovalText.subject(each, context.messages());
    }

    private Differences differences(Approval each) {
        return new Differences(
                ApprovalText.differences(each, context.messages()), text("differences.none"));
    }

    private String kind(Approval each) {
        return text("kind." + each.kind().name().toLowerCase(Locale.ROOT));
    }

    private String word(Approval each) {
        return each.baseChanged()
                ? text("state.outdated")
                : text("state." + each.state().name().toLowerCase(Locale.ROOT));
    }

    private static Tone tone(Approval each) {
        return switch (each.state()) {
            case PENDING -> each.baseChanged() ? Tone.WARNING : Tone.INFO;
            case APPROVED -> Tone.SUCCESS;
            case REJECTED -> Tone.DANGER;
            case WITHDRAWN, EXPIRED -> Tone.NEUTRAL;
        };
    }

    private String text(String key, Object... values) {
        return context.text("approvals." + key, values);
    }
}
