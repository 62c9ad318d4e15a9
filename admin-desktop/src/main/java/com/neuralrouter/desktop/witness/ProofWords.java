package com.neuralrouter.desktop.witness;

import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** Says in plain words what came of a proof. */
public final class ProofWords {
    private static final double GAP = 8;

    private ProofWords() {}

    /**
     * Makes them.
     *
     * @param id of the screen's part that shows them; its words are {@code witness.proof.…}
     */
    public static Node of(String id, ViewContext context, EntryProof proof) {
        var formats = context.formats();
        return switch (proof) {
            case EntryProof.Proven(long index, var tree, String _, String _) ->
                    banner(
                            id,
                            Tone.SUCCESS,
                            context.text(
                                    "witness.proof.proven",
                                    formats.number(index + 1),
                                    formats.number(tree.size()),
                                    tree.origin()));
            case EntryProof.Wrong() -> banner(id, Tone.DANGER, context.text("witness.proof.wrong"));
            case EntryProof.Differs(String leaf) ->
                    new VBox(
                            GAP,
                            banner(id, Tone.DANGER, context.text("witness.proof.differs")),
                            wrapped(leaf));
            case EntryProof.Alarmed() ->
                    banner(id, Tone.DANGER, context.text("witness.proof.alarmed"));
            case EntryProof.Unavailable(var trouble) ->
                    new ProblemView(id + ".problem", context, trouble);
        };
    }

    private static Node wrapped(String leaf) {
        var text = Texts.mono(leaf);
        text.setWrapText(true);
        return text;
    }

    private static Banner banner(String id, Tone tone, String words) {
        return new Banner(id + ".result", tone, words);
    }
}
