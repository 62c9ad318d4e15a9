/**
 * Reads YAML files so that everything that is wrong in one is told at once, with its line and
 * column: the appliance's configuration and the site's document are read through here.
 *
 * <p>Start with {@link com.neuralrouter.server.yaml.YamlFile}. Nothing here knows what a file
 * means, and no message carries a value, because a value may be a secret.
 */
@NullMarked
package com.neuralrouter.server.yaml;

import org.jspecify.annotations.NullMarked;
