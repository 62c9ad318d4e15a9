package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.Workspace;

import java.util.Optional;

/** Whose policy is shown. */
public sealed interface Whose {
    /** As the appliance names it. */
    PolicyTarget target();

    /** The rules that hold for every request. */
    record Site() implements Whose {
        @Override
        public PolicyTarget target() {
            return PolicyTarget.SITE;
        }
    }

    /** What a workspace adds to them. */
    record OfWorkspace(Workspace workspace) implements Whose {
        @Override
        public PolicyTarget target() {
            return PolicyTarget.of(workspace.id());
        }
    }

    /** What one of its keys adds to that. */
    record OfKey(Workspace workspace, ApiKey key) implements Whose {
        @Override
        public PolicyTarget target() {
            return PolicyTarget.of(key.id());
        }
    }

    /** The workspace as a trial names it; empty for the site and for a key. */
    default Optional<String> workspaceName() {
        return this instanceof OfWorkspace(Workspace workspace)
                ? Optional.of(workspace.name())
                : Optional.empty();
    }
}
