package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.server.audit.forward.ForwardUnusable;
import com.neuralrouter.server.audit.log.AuditLogDamaged;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.audit.timestamp.TimestampUnusable;
import com.neuralrouter.server.backup.BackupRefused;
import com.neuralrouter.server.bootstrap.SiteMaker;
import com.neuralrouter.server.bootstrap.SiteRestore;
import com.neuralrouter.server.control.ControlClient;
import com.neuralrouter.server.control.ControlSocket;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.listener.ListenerUnavailable;
import com.neuralrouter.server.secret.VaultUnusable;
import com.neuralrouter.server.secret.seal.SealRefused;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.StoreUnusable;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Says in a sentence what a failure means for the person who called the command. */
final class Failures {

    private Failures() {}

    static String sentence(Throwable failure) {
        return switch (failure) {
            case CommandFailed told -> String.valueOf(told.getMessage());
            case StoreUnusable told -> String.valueOf(told.getMessage());
            case StoreFailure told ->
                    "The database failed (state "
                            + told.sqlState()
                            + ", code "
                            + told.vendorCode()
                            + ").";
            case StoreTampered told -> told.sentence();
            case AuditLogDamaged told -> String.valueOf(told.getMessage());
            case AuditUnavailable told -> String.valueOf(told.getMessage());
            case TimestampUnusable told -> String.valueOf(told.getMessage());
            case ForwardUnusable told -> String.valueOf(told.getMessage());
            case VaultUnusable told -> String.valueOf(told.getMessage());
            case BackupRefused told -> String.valueOf(told.getMessage());
            case SiteRestore.Unfit told -> String.valueOf(told.getMessage());
            case SealRefused told -> String.valueOf(told.getMessage());
            case CertificateProblem told -> told.sentence();
            case SiteMaker.Unfit told -> String.valueOf(told.getMessage());
            case ControlSocket.Unavailable told -> String.valueOf(told.getMessage());
            case ControlClient.Refused told -> String.valueOf(told.getMessage());
            case ListenerUnavailable told -> String.valueOf(told.getMessage());
            case UncheckedIOException wrapped when wrapped.getCause() != null ->
                    sentence(wrapped.getCause());
            case IOException file -> FileFailure.sentence(file);
            default -> unexpected(failure);
        };
    }

    /** Where it came from leads to the defect; its message may carry what nobody may read. */
    private static String unexpected(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return "This should not happen: "
                + failure.getClass().getName()
                + (frames.length == 0 ? "" : " at " + frames[0])
                + ". Please report it with this line.";
    }
}
