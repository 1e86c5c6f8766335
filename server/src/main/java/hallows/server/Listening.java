package hallows.server;

import hallows.runtime.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One place to listen, put into Kafka's words. Listeners that a file names for controllers stay;
/// the one for clients takes the place of all others, under their name.
///
/// @param listeners where to listen
/// @param advertised what clients are told; empty where only the one who listens can know it
/// @param replaced which listeners of the file it takes the place of
record Listening(String listeners, String advertised, List<String> replaced) {
    private static final String NAME = "PLAINTEXT";

    /// Addresses that mean all of a host's, and lead nobody to it.
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    static Listening at(Endpoint endpoint, Map<String, String> file) {
        List<String> controllers =
                entries(file.getOrDefault("controller.listener.names", "CONTROLLER"));
        List<String> kept = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        for (String listener : entries(file.getOrDefault("listeners", ""))) {
            (controllers.contains(name(listener)) ? kept : replaced).add(listener);
        }
        String own = name(replaced, file) + "://" + endpoint;
        kept.addFirst(own);
        boolean known = endpoint.port() != 0 && !isEverywhere(endpoint.host());
        return new Listening(String.join(",", kept), known ? own : "", replaced);
    }

    /// Whether clients must be told another address than this one.
    static boolean isEverywhere(String host) {
        return EVERYWHERE.contains(host);
    }

    private static String name(List<String> replaced, Map<String, String> file) {
        String between = file.getOrDefault("inter.broker.listener.name", "");
        if (!between.isEmpty()) {
            return between;
        }
        return replaced.isEmpty() ? NAME : name(replaced.getFirst());
    }

    private static String name(String listener) {
        return listener.substring(0, Math.max(0, listener.indexOf("://")));
    }

    private static List<String> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
