package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.witness.WitnessModel;

/**
 * One connection to one appliance, and all that the screens share while it lasts. A screen's
 * factory in {@code desktop.Screens} takes from it what the view model needs.
 */
public record Session(
        AdminClient client,
        Tasks tasks,
        Navigator navigator,
        ConnectionModel connection,
        WorkspaceScope workspaces,
        WitnessModel witness,
        Preferences preferences,
        ViewContext view) {}
