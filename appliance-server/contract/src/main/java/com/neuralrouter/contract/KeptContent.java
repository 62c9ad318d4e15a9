package com.neuralrouter.contract;

/**
 * The content of a request, as it was sent on, and of its answer.
 *
 * @param requestBody base64
 * @param answerBody base64
 */
public record KeptContent(KeptContentHead head, String requestBody, String answerBody) {
    @Override
    public String toString() {
        return "KeptContent[request=" + head.request() + ", content=redacted]";
    }
}
