package com.neuralrouter.server.dialect;

import com.neuralrouter.server.provider.Payload;

/**
 * A body in which nothing but the model's name is replaced.
 *
 * @param bytes as they came
 * @param model the public model name
 * @param modelAt where it stands, with its quotes
 */
record SplicedBody(byte[] bytes, String model, Range modelAt) {

    /** What is sent on, with the model's name at the provider. */
    Payload.Verbatim withModel(String upstreamModel) {
        return with(upstreamModel, new Splices(), "");
    }

    /**
     * @param splices what else is replaced
     * @param beside what goes behind the model's name
     */
    Payload.Verbatim with(String upstreamModel, Splices splices, String beside) {
        if (!upstreamModel.equals(model) || !beside.isEmpty()) {
            splices.replace(modelAt, Splices.quoted(upstreamModel) + beside);
        }
        return new Payload.Verbatim("application/json", splices.applyTo(bytes));
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "SplicedBody[bytes=" + bytes.length + "]";
    }
}
