package com.neuralrouter.server.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.DeviceId;

/** Who acts, as the audit trail names them. */
public sealed interface Actor {

    /** An administrator's device, known by its client certificate. */
    record Device(DeviceId id, String name, String address) implements Actor {}

    /** A command run on the box itself, by an account of its operating system. */
    record Local(String account) implements Actor {}

    /** The appliance itself, by the name of the part that acts. */
    record Appliance(String part) implements Actor {}

    /** The form in which it is stored and shown. */
    default AuditEntry.Actor wire() {
        return switch (this) {
            case Device device ->
                    new AuditEntry.Actor(
                            "device", device.id().toString(), device.name(), device.address());
            case Local local ->
                    new AuditEntry.Actor("local", local.account(), local.account(), null);
            case Appliance appliance ->
                    new AuditEntry.Actor("system", appliance.part(), appliance.part(), null);
        };
    }
}
