package com.neuralrouter.server.admin;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.Actor;

/**
 * Proof that somebody may do one thing in one request. Only {@link Authorisation} makes one, and
 * every command takes one first: a command that nobody authorised does not compile.
 */
public final class Authorised {
    private final Actor actor;
    private final Permission permission;
    private final RequestId requestId;
    private final String person;

    Authorised(Actor actor, Permission permission, RequestId requestId, String person) {
        this.actor = actor;
        this.permission = permission;
        this.requestId = requestId;
        this.person = person;
    }

    public Actor actor() {
        return actor;
    }

    /** Who acts: several devices may be one person's. */
    public String person() {
        return person;
    }

    public Permission permission() {
        return permission;
    }

    public RequestId requestId() {
        return requestId;
    }

    /**
     * A command's first line: throws {@link IllegalStateException} when the endpoint has asked for
     * another permission than the command needs, which is a bug.
     */
    public void demand(Permission needed) {
        if (permission != needed) {
            throw new IllegalStateException(
                    "authorised for " + permission + ", but the command needs " + needed);
        }
    }

    @Override
    public String toString() {
        return "Authorised[" + permission + " for " + actor + "]";
    }
}
