package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestId;

/**
 * What a witness asks of the audit log, apart from {@link AdminClient} because a screen has no
 * business with it. As there: every call blocks, interrupting the thread ends it, and any number of
 * threads may call. Nothing that is answered may be believed before it was verified.
 */
public interface LogClient {
    /** The newest signed checkpoint. */
    Answer<LogCheckpoint> checkpoint();

    /** The proof that the log of the larger size begins with the one of the smaller. */
    Answer<LogConsistency> consistency(long from, long to);

    /** The proof that an entry is in the log. */
    Answer<LogProof> proof(long entry);

    /** The proof that a request's record is in the log. */
    Answer<LogProof> proof(RequestId request);

    /** The keys that sign receipts, and those that did. */
    Answer<Page<ReceiptKey>> receiptKeys();

    /** What each witness has signed last. */
    Answer<Page<CosignCheckpoint>> cosignatures(String cursor);

    /** Leaves this witness's signature; answers {@code true}. */
    Answer<Boolean> cosign(CosignCheckpoint signature);

    /**
     * Tells the appliance of an alarm about it; answers {@code true}. Also while the gate is shut.
     */
    Answer<Boolean> report(LogAlarm alarm);
}
