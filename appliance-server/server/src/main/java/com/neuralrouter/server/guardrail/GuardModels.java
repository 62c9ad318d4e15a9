package com.neuralrouter.server.guardrail;

/** Asks a site's models about texts, under the same permit as the request that the texts are of. */
public interface GuardModels {

    /** What a model says. */
    enum Verdict {
        SAFE,
        UNSAFE,
        /** It could not be asked, did not answer in time, or said neither. */
        NONE
    }

    /** Waits for the answer, at the most as long as such a model is given. */
    Verdict ask(GuardModel model, String text);
}
