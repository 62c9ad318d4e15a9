package com.neuralrouter.desktop.witness;

import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.desktop.client.Trouble;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/** What came of checking a receipt against what the log has of its request. */
public sealed interface ReceiptVerdict {

    /** It is the one that the appliance gave. */
    record Genuine(Receipt receipt) implements ReceiptVerdict {}

    /** It is no receipt of this site's: it can't be read, or no key of the site has signed it. */
    record Forged() implements ReceiptVerdict {}

    /** It is the site's, and about another request. */
    record OfAnother(String request) implements ReceiptVerdict {}

    /** It is signed and about this request, and yet not the one that the log has. */
    record NotInLog() implements ReceiptVerdict {}

    /** The record of the request is not proven itself. */
    record Unproven() implements ReceiptVerdict {}

    /** It can't be told. */
    record Unavailable(Trouble trouble) implements ReceiptVerdict {}

    /**
     * Judges; nothing in the receipt is believed before its signature was checked.
     *
     * @param leaf what the log has of the request, proven
     */
    static ReceiptVerdict of(String text, List<ReceiptKey> keys, RequestId request, String leaf) {
        Optional<Receipt> read = Receipt.read(text, keys);
        if (read.isEmpty()) {
            return new Forged();
        }
        Receipt receipt = read.get();
        if (!receipt.request().equals(request.toString())) {
            return new OfAnother(receipt.request());
        }
        return hashIn(leaf).equals(Optional.of(receipt.hash()))
                ? new Genuine(receipt)
                : new NotInLog();
    }

    /** The hash of the receipt that was given; empty if none was. */
    static Optional<String> hashIn(String leaf) {
        try {
            var hash = JsonMapper.shared().readTree(leaf).path("receipt").asString("");
            return Optional.of(hash).filter(each -> !each.isEmpty());
        } catch (JacksonException notALeaf) {
            return Optional.empty();
        }
    }
}
