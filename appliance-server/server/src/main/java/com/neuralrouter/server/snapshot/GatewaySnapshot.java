package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.catalogue.Catalogue;
import com.neuralrouter.server.catalogue.PriceBook;
import com.neuralrouter.server.catalogue.Rates;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Tariff;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/**
 * Everything that a request is decided by, at one moment: verified, immutable, read without a lock.
 * The admin plane publishes a new one after every committed change, so that whoever is told that a
 * change was made can rely on it.
 *
 * @param version the number of the last change in it; 0 before the first
 * @param keys by their public id ({@code kid})
 * @param devices administrators' devices that are not revoked, by their certificate's fingerprint
 * @param catalogue what is known of models, their prices among it
 * @param allowances who has limits and budgets
 */
public record GatewaySnapshot(
        long version,
        Map<String, KeyEntry> keys,
        Map<WorkspaceId, WorkspaceView> workspaces,
        Map<String, Device> devices,
        Catalogue catalogue,
        Allowances allowances) {

    public GatewaySnapshot {
        keys = keys instanceof KeyMap ? keys : Map.copyOf(keys);
        workspaces = Map.copyOf(workspaces);
        devices = Map.copyOf(devices);
    }

    /** Without a catalogue, and with nothing limited. */
    public GatewaySnapshot(
            long version,
            Map<String, KeyEntry> keys,
            Map<WorkspaceId, WorkspaceView> workspaces,
            Map<String, Device> devices) {
        this(version, keys, workspaces, devices, Catalogue.EMPTY, Allowances.NONE);
    }

    /** What upstreams ask then: what their route says, else what the catalogue says. */
    public Tariff tariff(long atMillis) {
        PriceBook book = catalogue.prices();
        return upstream -> {
            Choice.Price price = upstream.choice().price();
            return price == null
                    ? price(book.rates(upstream.endpoint().name(), upstream.model(), atMillis))
                    : price;
        };
    }

    private static Choice.@Nullable Price price(Rates rates) {
        return rates.input() < 0 || rates.output() < 0
                ? null
                : new Choice.Price(rates.input(), rates.output());
    }

    public Optional<KeyEntry> key(String kid) {
        return Optional.ofNullable(keys.get(kid));
    }

    /** The device by the fingerprint of its certificate's key. */
    public Optional<Device> device(String fingerprint) {
        return Optional.ofNullable(devices.get(fingerprint));
    }

    public Optional<WorkspaceView> workspace(WorkspaceId id) {
        return Optional.ofNullable(workspaces.get(id));
    }
}
