package com.neuralrouter.server.admin;

import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.audit.Actor;

/**
 * The administrator's device behind a request, as {@link AdminPeers} found it enrolled at this
 * moment.
 *
 * @param address where the request came from, without the port
 * @param person who has the device
 */
public record AdminCaller(DeviceId device, String name, Role role, String address, String person) {

    /** One whose device is called as its person is. */
    public AdminCaller(DeviceId device, String name, Role role, String address) {
        this(device, name, role, address, name);
    }

    Actor actor() {
        return new Actor.Device(device, name, address);
    }
}
