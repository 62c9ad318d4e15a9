package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.TryPolicy;

/** The part of {@link AdminClient} about policies, and changes that wait for a second person. */
public interface PolicyClient {
    /** The newest first; that is the one in force. */
    Answer<Page<PolicyVersion>> policyVersions(PolicyTarget target, String cursor);

    /** Version 0 stands for no rules at all. */
    Answer<PolicyDiff> policyDiff(PolicyTarget target, long from, long to);

    /** What a policy would do; changes nothing. */
    Answer<PolicyTrial> tryPolicy(TryPolicy trial);

    Answer<PolicyVersion> setPolicy(SetPolicy policy);

    /** Goes back to an older version. */
    Answer<PolicyVersion> activatePolicy(ActivatePolicy activation);

    /** Which changes need a second person. */
    Answer<ApprovalRules> approvalRules();

    Answer<ApprovalRules> setApprovalRules(ApprovalRules rules);

    /** The newest first. */
    Answer<Page<Approval>> approvals(String cursor);

    Answer<Approval> propose(ProposeChange proposal);

    /** Carries the change out. */
    Answer<DecidedApproval> approve(ApprovalId approval, DecideApproval decision);

    Answer<Approval> reject(ApprovalId approval, DecideApproval decision);

    /** Takes one's own proposal back. */
    Answer<Approval> withdraw(ApprovalId approval, DecideApproval decision);
}
