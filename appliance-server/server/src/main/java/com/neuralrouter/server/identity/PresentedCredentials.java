package com.neuralrouter.server.identity;

import java.util.List;

/**
 * The credentials that a request carries in its headers, wherever they stand.
 *
 * @param authorization the values of {@code Authorization}
 * @param others the values of the headers that other APIs use: {@code x-api-key}, {@code api-key}
 */
public record PresentedCredentials(List<String> authorization, List<String> others) {

    @Override
    public String toString() {
        return "PresentedCredentials[redacted]";
    }
}
