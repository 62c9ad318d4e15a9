package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.ReadContent;

/**
 * The part of {@link AdminClient} about who has access, about content that is kept, and about what
 * of the audit trail is.
 */
public interface GovernanceClient {
    /** Who and what has access at the moment. */
    Answer<AccessList> access();

    /** Leaves in the trail that somebody has reviewed it; answers the list with that. */
    Answer<AccessList> confirmAccess(ConfirmAccess confirmation);

    /** What is kept of a request; each reading is in the audit trail, with its reason. */
    Answer<KeptContent> readContent(ReadContent wanted);

    /** Every one that there ever was, the newest first, on one page. */
    Answer<Page<LegalHold>> legalHolds(String cursor);

    Answer<LegalHold> placeLegalHold(PlaceLegalHold hold);

    Answer<LegalHold> liftLegalHold(LegalHoldId hold);

    /** Erases a text from the readable entries, except where a hold is on them. */
    Answer<ErasedFromTrail> eraseFromTrail(EraseFromTrail erasure);
}
