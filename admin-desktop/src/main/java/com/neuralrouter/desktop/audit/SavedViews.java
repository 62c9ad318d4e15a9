package com.neuralrouter.desktop.audit;

import com.neuralrouter.desktop.shell.Preferences.SavedView;

import javafx.collections.ObservableList;

/** Searches of the trail that were kept under a name, on this device. Window's thread only. */
public record SavedViews(ObservableList<SavedView> all) {

    /** Keeps what the form asks for; under a name that is taken, instead of that. */
    public SavedView keep(String name, AuditForm form) {
        var view = new SavedView(name.strip(), form.fields());
        remove(name);
        all.add(view);
        return view;
    }

    /** Fills the form as it was kept. */
    public void fill(SavedView view, AuditForm form) {
        form.fill(view.fields());
    }

    public void remove(String name) {
        all.removeIf(each -> each.name().equals(name.strip()));
    }
}
